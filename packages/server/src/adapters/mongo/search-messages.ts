import { cutPage, startPace, type SearchBounds } from '../../domain/search-pace.js';
import { findWords, wordsOf } from '../../domain/search-text.js';
import type { MessageHit, MessageHits, MessageQuery } from '../../ports/message-storage.js';
import type { ChatDocument, MessageDocument } from './documents.js';
import { escapeRegex } from './escape-regex.js';
import { toMessage } from './message-documents.js';
import type { MongoModels } from './mongo-models.js';

/** Some of an owner's messages that follow each other. */
interface Slice {
  ownerId: string;
  /** Id of the oldest of them; all down to the owner's first when absent. */
  from: string | undefined;
  /** Id of the one above them; all from the owner's newest when absent. */
  before: string | undefined;
}

/**
 * Messages that hold all the words, newest first: down the owner's own messages slice by slice,
 * until the page is full, the time is spent or nothing is left.
 */
export async function searchMessages(
  models: MongoModels,
  ownerId: string,
  { text, limit, after }: MessageQuery,
  bounds: SearchBounds,
): Promise<MessageHits> {
  const words = wordsOf(text);
  if (words.length === 0) return { hits: [], nextAfter: null };
  const pace = startPace(bounds);
  const hits: MessageHit[] = [];
  let before = after;
  while (pace.hasTime()) {
    const from = await findFrom(models, ownerId, before, pace.beginSlice());
    const found = await findHolding(models, { ownerId, from, before }, words, limit + 1);
    hits.push(...(await toHits(models, found, words)));
    if (hits.length > limit) return cutPage(hits, limit);
    // As many as asked for, but some of deleted chats: below the last there may be more.
    before = found.length > limit ? found.at(-1)?._id : from;
    if (before === undefined) return { hits, nextAfter: null };
    pace.endSlice();
  }
  return { hits, nextAfter: before ?? null };
}

/** Where a slice of so many messages ends; undefined when there are fewer. Reads the index alone. */
async function findFrom(
  { messages }: MongoModels,
  ownerId: string,
  before: string | undefined,
  count: number,
): Promise<string | undefined> {
  const [last] = await messages
    .find({ ownerId, ...(before !== undefined && { _id: { $lt: before } }) }, { _id: 1 })
    .sort({ _id: -1 })
    .skip(count - 1)
    .limit(1)
    .lean();
  return last?._id;
}

/** Newest first. */
async function findHolding(
  { messages }: MongoModels,
  { ownerId, from, before }: Slice,
  words: readonly string[],
  limit: number,
): Promise<MessageDocument[]> {
  const ids = {
    ...(from !== undefined && { $gte: from }),
    ...(before !== undefined && { $lt: before }),
  };
  return messages
    .find({
      ownerId,
      ...(Object.keys(ids).length > 0 && { _id: ids }),
      $and: words.map((word) => ({ searchText: { $regex: escapeRegex(word) } })),
    })
    .sort({ _id: -1 })
    .limit(limit)
    .lean();
}

/** Those whose chat is shown, with where the words are. */
async function toHits(
  { chats }: MongoModels,
  found: MessageDocument[],
  words: readonly string[],
): Promise<MessageHit[]> {
  if (found.length === 0) return [];
  const ids = [...new Set(found.map(({ chatId }) => chatId))];
  const shown = new Map<string, ChatDocument>();
  for (const chat of await chats.find({ _id: { $in: ids }, deletedAt: null }).lean()) {
    shown.set(chat._id, chat);
  }
  return found.flatMap((document) => {
    const chat = shown.get(document.chatId);
    const ranges = chat && findWords(document.content, words);
    return ranges ? [{ message: toMessage(document), chatTitle: chat.title, ranges }] : [];
  });
}
