'use client';

import { ChatPlayground } from '@chat-playground/widget/react';
import { useTheme } from 'next-themes';
import { useCallback } from 'react';
import { useChat } from './chat-provider';
import { toastReplyEnd, toastVote } from './chat-toasts';
import { useShownChatId } from './use-shown-chat-id';

/**
 * The widget on this application's session, in its colour mode, showing the chat that the address
 * names.
 */
export function Playground() {
  const { stores } = useChat();
  const { resolvedTheme } = useTheme();
  const chatId = useShownChatId();
  // The stores outlive the widget: what it lets go of goes on, such as a reply being written.
  const connect = useCallback(() => ({ stores, close: () => undefined }), [stores]);
  const showInAddress = (shown: string | null) => {
    // Signing out leaves the chat as well; where to go then is not decided here.
    if (stores.$session.get().status !== 'signed-in') return;
    const path = shown === null ? '/' : `/chat/${shown}`;
    // Next follows the browser's own history, without asking the server for a page it has.
    if (location.pathname !== path) history.pushState(null, '', path);
  };
  return (
    <ChatPlayground
      connect={connect}
      chatId={chatId}
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      locale="en"
      layout="panel"
      hideAccount
      onChatChange={({ detail }) => showInAddress(detail.chatId)}
      onReplyEnd={({ detail }) => toastReplyEnd(detail.message)}
      onVote={({ detail }) => toastVote(detail.vote)}
    />
  );
}
