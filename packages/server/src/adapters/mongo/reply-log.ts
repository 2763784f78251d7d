import { isFinalStatus, type StreamEvent } from '@chat-playground/sdk/protocol';
import type { Message } from '../../domain/message.js';
import { mergeChunks, withTextOf } from '../../domain/reply-chunks.js';
import type { MongoModels } from './mongo-models.js';

/**
 * Events after `afterSeq` in order, each once, at most `limit`. The ending is part of the message,
 * and whatever a late writer put where it stands, or after it, doesn't count.
 */
export async function readEvents(
  { messages, replyChunks }: MongoModels,
  messageId: string,
  afterSeq: number,
  limit: number,
): Promise<StreamEvent[]> {
  // The chunks first: read the other way around, an ending in between would hide their last.
  const chunks = await replyChunks
    .find({ messageId, lastSeq: { $gt: afterSeq } })
    .sort({ lastSeq: 1 })
    .limit(limit)
    .lean();
  const message = await messages.findById(messageId, { endingEvents: 1 }).lean();
  const ending = message?.endingEvents ?? [];
  const endSeq = ending[0]?.seq ?? Infinity;
  const before = chunks.map(({ events }) => events.filter(({ seq }) => seq < endSeq));
  return mergeChunks([...before, ending], afterSeq, limit);
}

/** An unfinished reply with the text its log holds; any other message as it is. */
export async function withTextSoFar<Kind extends Message>(
  models: MongoModels,
  message: Kind,
): Promise<Kind> {
  if (isFinalStatus(message.status)) return message;
  return withTextOf(message, await readEvents(models, message.id, 0, Number.MAX_SAFE_INTEGER));
}
