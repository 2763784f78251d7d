'use client';

import { useSyncExternalStore } from 'react';
import { PRODUCT_NAME } from '../product-name';
import { useChat } from './chat-provider';
import { useShownChatId } from './use-shown-chat-id';

/**
 * Names the browser's tab after the chat that the address names, once it has a title; else after the
 * application. Only the browser knows who is signed in, so it is no part of a page's metadata: those
 * of the playground name none, for there to be one title.
 */
export function TabTitle() {
  const { $conversation } = useChat().stores;
  const chatId = useShownChatId();
  // One text, so that a reply that grows draws nothing anew.
  const title = useSyncExternalStore(
    $conversation.listen,
    () => {
      const { chat } = $conversation.get();
      return chat !== null && chat.chat_id === chatId ? chat.chat_title : null;
    },
    () => null,
  );
  return <title>{title === null ? PRODUCT_NAME : `${title} · ${PRODUCT_NAME}`}</title>;
}
