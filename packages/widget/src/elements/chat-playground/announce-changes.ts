import type { ConversationState } from '@chat-playground/sdk';
import { announce } from '../../events/widget-events.js';

/** Tells the page what one change of the conversation means. */
export function announceConversation(
  from: HTMLElement,
  now: ConversationState,
  before: ConversationState,
): void {
  const chatId = now.chat?.chat_id ?? null;
  const isSameChat = before.chat === null || before.chat.chat_id === chatId;
  const wasRetitled = now.chat?.chat_title !== before.chat?.chat_title;
  // On the way to a chat that is not in the list nothing is known of it yet; it is told of once.
  const isOnTheWay = chatId === null && now.status === 'loading';
  const isAnother = chatId !== (before.chat?.chat_id ?? null) && !isOnTheWay;
  if (isAnother || (chatId !== null && wasRetitled)) {
    announce(from, 'chat-playground:chat-change', {
      chatId,
      title: now.chat?.chat_title ?? null,
    });
  }
  if (chatId === null || !isSameChat) return;
  if (before.sending !== null && now.sending === null && now.error === null) {
    const message = now.messages.findLast(({ role }) => role === 'user');
    if (message !== undefined) announce(from, 'chat-playground:message-sent', { chatId, message });
  }
  const ended = before.partial?.message_id;
  if (ended !== undefined && now.partial?.message_id !== ended) {
    const message = now.messages.find(({ message_id }) => message_id === ended);
    if (message !== undefined) announce(from, 'chat-playground:reply-end', { chatId, message });
  }
}
