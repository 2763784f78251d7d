import type { Vote } from '@chat-playground/sdk/protocol';
import { invalidField, notFound } from '../domain/domain-error.js';
import type { Message } from '../domain/message.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { MessageStorage } from '../ports/message-storage.js';

interface CastVoteDeps {
  storage: MessageStorage;
  broadcaster: Broadcaster;
}

interface CastVoteInput {
  messageId: string;
  vote: Vote;
  /** When given, the message must be of this chat. */
  chatId?: string | undefined;
}

export type CastVote = (caller: Caller, input: CastVoteInput) => Promise<Message>;

/** Votes on a reply; the same vote again takes it back. @throws DomainError `not_found` */
export function createCastVote({ storage, broadcaster }: CastVoteDeps): CastVote {
  return async (caller, { messageId, vote, chatId }) => {
    const found = await storage.findMessage(caller.userId, messageId);
    if (!found || (chatId !== undefined && found.chatId !== chatId)) throw notFound('message');
    if (found.role !== 'assistant')
      throw invalidField(
        'body.message_id',
        'must name a reply; one cannot vote on one’s own message',
      );
    const message = await storage.castVote(caller.userId, messageId, vote);
    if (!message) throw notFound('message');
    broadcaster.publish(caller.userId, {
      event: 'vote_update',
      data: {
        chat_id: message.chatId,
        message_id: message.id,
        vote: message.vote,
        version: message.version,
      },
    });
    return message;
  };
}
