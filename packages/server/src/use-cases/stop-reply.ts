import { notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { MessageStorage } from '../ports/message-storage.js';
import type { StopReplies } from './replies/stop-replies.js';

interface StopReplyDeps {
  storage: Pick<ChatStorage, 'findChat'> & Pick<MessageStorage, 'findMessage'>;
  stopReplies: Pick<StopReplies, 'stop'>;
}

interface StopReplyInput {
  chatId: string;
  /** Whichever reply of the chat is being written, when absent. */
  messageId?: string | undefined;
}

export type StopReply = (caller: Caller, input: StopReplyInput) => Promise<void>;

/**
 * Stops a reply; what was written stays. Stopping one that has ended already is no error, because
 * it may end while the request is on its way.
 *
 * @throws DomainError `not_found`, `reply_unreachable`
 */
export function createStopReply({ storage, stopReplies }: StopReplyDeps): StopReply {
  return async (caller, { chatId, messageId }) => {
    const chat = await storage.findChat(caller.userId, chatId);
    if (!chat) throw notFound('chat');
    const place = { ownerId: caller.userId, chatId: chat.id };
    if (messageId === undefined) return stopReplies.stop(place);
    const message = await storage.findMessage(caller.userId, messageId);
    if (message?.chatId !== chat.id || message.role !== 'assistant') throw notFound('reply');
    await stopReplies.stop({ ...place, messageId: message.id });
  };
}
