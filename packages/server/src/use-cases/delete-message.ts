import { isFinalStatus } from '@chat-playground/sdk/protocol';
import { notFound } from '../domain/domain-error.js';
import { presentChat, presentMessage } from '../domain/present.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { Clock } from '../ports/clock.js';
import type { MessageDeletion, MessageStorage } from '../ports/message-storage.js';

interface DeleteMessageDeps {
  storage: MessageStorage;
  clock: Clock;
  broadcaster: Broadcaster;
  /** Stops a reply; resolves once what was written is saved. */
  stopReply: (messageId: string) => Promise<unknown>;
}

export type DeleteMessage = (
  caller: Caller,
  named: { chatId: string; messageId: string },
) => Promise<MessageDeletion>;

/** Deletes one message and nothing that follows it. @throws DomainError `not_found` */
export function createDeleteMessage(deps: DeleteMessageDeps): DeleteMessage {
  const { storage, clock, broadcaster } = deps;
  return async ({ userId }, { chatId, messageId }) => {
    const message = await storage.findMessage(userId, messageId);
    if (message?.chatId !== chatId) throw notFound('message');
    if (!isFinalStatus(message.status)) await deps.stopReply(messageId);
    const deletion = await storage.deleteMessage(userId, messageId, clock.now());
    if (!deletion) throw notFound('message');
    const emptied =
      deletion.outcome === 'emptied' ? await storage.findMessage(userId, messageId) : null;
    if (emptied) {
      broadcaster.publish(userId, {
        event: 'message_updated',
        data: { message: presentMessage(emptied) },
      });
    }
    broadcaster.publish(userId, {
      event: 'chat_updated',
      data: { chat: presentChat(deletion.chat) },
    });
    return deletion;
  };
}
