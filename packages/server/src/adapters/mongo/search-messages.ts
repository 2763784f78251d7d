import {
  cutPage,
  startPace,
  type SearchBounds,
  type SearchPace,
} from '../../domain/search-pace.js';
import { findWords, wordsOf } from '../../domain/search-text.js';
import { cutSnippet } from '../../domain/snippet.js';
import type { Pause } from '../../domain/turns.js';
import type { MessageHit, MessageHits, MessageQuery } from '../../ports/message-storage.js';
import type { ChatDocument, MessageDocument } from './documents.js';
import { escapeRegex } from './escape-regex.js';
import type { MongoModels } from './mongo-models.js';

/** Texts read at once: of the longest some megabytes, taken in within milliseconds. */
const TEXTS_AT_ONCE = 8;

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
  pause: Pause,
): Promise<MessageHits> {
  const words = wordsOf(text);
  if (words.length === 0) return { hits: [], nextAfter: null };
  const pace = startPace(bounds);
  const hits: MessageHit[] = [];
  let before = after;
  while (pace.hasTime()) {
    const from = await findFrom(models, ownerId, before, pace.beginSlice());
    const found = await findHolding(models, { ownerId, from, before }, words, limit + 1);
    const read = await readHits(models, found, { words, pause, pace });
    hits.push(...read.hits);
    if (hits.length > limit) return cutPage(hits, limit);
    // As many as asked for, but some of deleted chats: below the last there may be more.
    before = read.stoppedAt ?? (found.length > limit ? found.at(-1)?._id : from);
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

type Found = Pick<MessageDocument, '_id' | 'chatId'>;

/** Newest first, without their texts. */
async function findHolding(
  { messages }: MongoModels,
  { ownerId, from, before }: Slice,
  words: readonly string[],
  limit: number,
): Promise<Found[]> {
  const ids = {
    ...(from !== undefined && { $gte: from }),
    ...(before !== undefined && { $lt: before }),
  };
  return messages
    .find(
      {
        ownerId,
        ...(Object.keys(ids).length > 0 && { _id: ids }),
        $and: words.map((word) => ({ searchText: { $regex: escapeRegex(word) } })),
      },
      { chatId: 1 },
    )
    .sort({ _id: -1 })
    .limit(limit)
    .lean();
}

interface Reading {
  words: readonly string[];
  pause: Pause;
  pace: SearchPace;
}

/**
 * Those whose chat is shown, with a part of the text around the first match.
 *
 * @returns as `stoppedAt`, the last that was read, when the time was spent before all were
 */
async function readHits(
  models: MongoModels,
  found: readonly Found[],
  { words, pause, pace }: Reading,
): Promise<{ hits: MessageHit[]; stoppedAt?: string }> {
  const shown = await findShown(models, found);
  const hits: MessageHit[] = [];
  for (let at = 0; at < found.length; at += TEXTS_AT_ONCE) {
    const some = found.slice(at, at + TEXTS_AT_ONCE).map(({ _id }) => _id);
    const documents = await models.messages
      .find({ _id: { $in: some } }, { chatId: 1, role: 1, createdAt: 1, content: 1 })
      .sort({ _id: -1 })
      .lean();
    for (const { _id: id, chatId, role, createdAt, content } of documents) {
      const chat = shown.get(chatId);
      const ranges = chat && (await findWords(content, words, pause));
      if (!ranges) continue;
      const message = { id, chatId, role, createdAt };
      hits.push({ message, chatTitle: chat.title, ...cutSnippet(content, ranges) });
    }
    const last = some.at(-1);
    const isLast = at + TEXTS_AT_ONCE >= found.length;
    if (pace.isSpent() && !isLast && last !== undefined) return { hits, stoppedAt: last };
  }
  return { hits };
}

async function findShown(
  { chats }: MongoModels,
  found: readonly Found[],
): Promise<Map<string, ChatDocument>> {
  if (found.length === 0) return new Map();
  const ids = [...new Set(found.map(({ chatId }) => chatId))];
  const shown = await chats.find({ _id: { $in: ids }, deletedAt: null }).lean();
  return new Map(shown.map((chat) => [chat._id, chat]));
}
