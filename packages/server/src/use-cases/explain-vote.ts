import { DomainError, notFound } from '../domain/domain-error.js';
import type { Message, VoteDetails } from '../domain/message.js';
import { presentMessage } from '../domain/present.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { MessageStorage } from '../ports/message-storage.js';

interface ExplainVoteDeps {
  storage: MessageStorage;
  broadcaster: Broadcaster;
}

interface ExplainVoteInput {
  messageId: string;
  /** When given, the message must be of this chat. */
  chatId?: string | undefined;
  details: VoteDetails;
}

export type ExplainVote = (caller: Caller, input: ExplainVoteInput) => Promise<Message>;

/** Says why one voted. @throws DomainError `not_found`; `conflict` when there is no vote */
export function createExplainVote({ storage, broadcaster }: ExplainVoteDeps): ExplainVote {
  return async ({ userId }, { messageId, chatId, details }) => {
    const found = await storage.findMessage(userId, messageId);
    if (!found || (chatId !== undefined && found.chatId !== chatId)) throw notFound('message');
    const message = await storage.setVoteDetails(userId, messageId, details);
    if (!message) throw new DomainError('conflict', 'Vote first, then say why.');
    broadcaster.publish(userId, {
      event: 'message_updated',
      data: { message: presentMessage({ ...message, siblings: found.siblings }) },
    });
    return message;
  };
}
