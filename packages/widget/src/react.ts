'use client';

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import './define.js';
import { ChatPlayground as ChatPlaygroundElement } from './elements/chat-playground/chat-playground.js';
import type { WidgetEvent, WidgetEventName } from './events/widget-events.js';

const eventOf = <Name extends WidgetEventName>(name: Name) =>
  name as Name & EventName<WidgetEvent<Name>>;

/**
 * `<chat-playground>` as a React component: properties by their property names, events as `on…`
 * with typed details, methods through a ref to the element. Importing it registers the elements.
 *
 * On a server it renders the bare tag, which comes to life in the browser.
 */
export const ChatPlayground = createComponent({
  react: React,
  tagName: 'chat-playground',
  elementClass: ChatPlaygroundElement,
  displayName: 'ChatPlayground',
  events: {
    onReady: eventOf('chat-playground:ready'),
    onSessionChange: eventOf('chat-playground:session-change'),
    onChatChange: eventOf('chat-playground:chat-change'),
    onMessageSent: eventOf('chat-playground:message-sent'),
    onReplyEnd: eventOf('chat-playground:reply-end'),
    onMessageAction: eventOf('chat-playground:message-action'),
    onVote: eventOf('chat-playground:vote'),
    onChatError: eventOf('chat-playground:error'),
  },
});

/** What a ref to the component holds. */
export type { ChatPlaygroundElement };
