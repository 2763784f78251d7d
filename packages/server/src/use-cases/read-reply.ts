import { isFinalStatus, type StreamEvent } from '@chat-playground/sdk/protocol';
import { DomainError, notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { MessageStorage, ReplyStorage } from '../ports/message-storage.js';
import type { Source } from '../ports/source.js';
import type { ReplyEngine } from './replies/reply-engine.js';

interface ReadReplyDeps {
  storage: Pick<ChatStorage, 'findChat'> &
    Pick<MessageStorage, 'findMessage'> &
    Pick<ReplyStorage, 'listReplyEvents'>;
  engine: Pick<ReplyEngine, 'read' | 'find'>;
}

interface ReadReplyInput {
  chatId: string;
  /** The newest reply of the chat's active branch, when absent. */
  messageId?: string | undefined;
  /** Number of the last event the reader has; 0 to read from the beginning. */
  afterSeq: number;
}

export type ReadReply = (
  caller: Caller,
  input: ReadReplyInput,
  signal: AbortSignal,
) => Promise<Source<StreamEvent>>;

/**
 * A reply's events, live or from any event on. Whatever is wrong with the request is thrown before
 * the stream begins; leaving the stream does not stop the reply.
 *
 * @throws DomainError `not_found`, or `stream_expired` when the rest can no longer be told apart
 */
export function createReadReply(deps: ReadReplyDeps): ReadReply {
  return async (caller, input, signal) => {
    const messageId = isWrittenHere(deps, caller, input)
      ? input.messageId
      : await findReply(deps, caller, input);
    const place = { ownerId: caller.userId, messageId };
    return (take) => deps.engine.read(place, input.afterSeq, take, signal);
  };
}

/** Nearly every stream is opened while its reply has just begun: storage need not be asked then. */
function isWrittenHere(
  { engine }: ReadReplyDeps,
  caller: Caller,
  input: ReadReplyInput,
): input is ReadReplyInput & { messageId: string } {
  const reply = input.messageId && engine.find(input.messageId);
  return !!reply && reply.ownerId === caller.userId && reply.chatId === input.chatId;
}

async function findReply(
  { storage }: ReadReplyDeps,
  caller: Caller,
  { chatId, messageId, afterSeq }: ReadReplyInput,
): Promise<string> {
  const chat = await storage.findChat(caller.userId, chatId);
  if (!chat) throw notFound('chat');
  const replyId = messageId ?? chat.activeLeafId;
  if (replyId === null) throw notFound('reply');
  const reply = await storage.findMessage(caller.userId, replyId);
  if (reply?.chatId !== chat.id || reply.role !== 'assistant') throw notFound('reply');
  if (afterSeq > 0 && isFinalStatus(reply.status)) {
    const [first] = await storage.listReplyEvents(reply.id, 0, 1);
    if (!first) throw streamExpired();
  }
  return reply.id;
}

function streamExpired(): DomainError {
  return new DomainError(
    'stream_expired',
    'This reply ended a while ago and can no longer be resumed; read the message instead.',
  );
}
