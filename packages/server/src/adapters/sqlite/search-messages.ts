import { cutPage, startPace, type SearchBounds } from '../../domain/search-pace.js';
import { findWords, holdsWords, wordsOf } from '../../domain/search-text.js';
import { cutSnippet } from '../../domain/snippet.js';
import type { Pause } from '../../domain/turns.js';
import type { MessageHit, MessageHits, MessageQuery } from '../../ports/message-storage.js';
import { findLong, findMatching, LONG_LENGTH, toMatches, type Matches } from './message-index.js';
import { prepareQuery } from './prepare-query.js';
import { blockAround } from './search-signs.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Texts read at once, and bytes of them. */
const TEXTS_AT_ONCE = 128;
const TEXT_BYTES_AT_ONCE = 512 * 1024;

/**
 * Messages that hold all the words, newest first: down the owner's rows slice by slice and text by
 * text, with other work in between, until the page is full, the time is spent or nothing is left.
 */
export async function searchMessages(
  database: SqliteDatabase,
  ownerId: string,
  { text, limit, after }: MessageQuery,
  bounds: SearchBounds,
  pause: Pause,
): Promise<MessageHits> {
  const words = wordsOf(text);
  const hits: MessageHit[] = [];
  if (words.length === 0) return { hits, nextAfter: null };
  const lookThrough = prepareSlice(database, ownerId, words, pause);
  const readHit = prepareHit(database, ownerId, words, pause);
  const pace = startPace(bounds);
  let before = after === undefined ? Infinity : findPlace(database, after);
  while (pace.hasTime()) {
    await pause();
    // Each slice begins at a message of the owner, so that the cursor moves however far the next is.
    const newest = findNewest(database, ownerId, before);
    if (newest === null) return { hits, nextAfter: null };
    const range = { before: newest + 1, size: pace.beginSlice(), limit: limit + 1 };
    const { rowIds, reached } = await lookThrough(range);
    before = reached;
    for (const rowId of rowIds) {
      const hit = await readHit(rowId);
      if (hit) hits.push(hit);
      if (hits.length > limit) return cutPage(hits, limit);
      if (!pace.isSpent()) continue;
      before = rowId;
      break;
    }
    pace.endSlice();
  }
  const isOver = findNewest(database, ownerId, before) === null;
  return { hits, nextAfter: isOver ? null : idFrom(database, ownerId, before) };
}

interface SliceRange {
  before: number;
  /** Rows to look through, at most. */
  size: number;
  limit: number;
}

interface Slice {
  /** Of messages that may hold the words, newest first. */
  rowIds: number[];
  /** The row down to which all were looked at. */
  reached: number;
}

function prepareSlice(
  database: SqliteDatabase,
  ownerId: string,
  words: string[],
  pause: Pause,
): (range: SliceRange) => Promise<Slice> {
  const matches = toMatches(database, ownerId, words);
  // One or two letters are in no index: the texts themselves are looked through.
  if (matches === null) return (range) => lookThroughTexts(database, ownerId, words, range, pause);
  return async (range) => lookThroughIndex(database, matches, range);
}

function lookThroughIndex(
  database: SqliteDatabase,
  matches: Matches,
  { before, size, limit }: SliceRange,
): Slice {
  const block = blockAround(before - 1, size);
  const from = Math.max(block.from, before - size);
  const short = findMatching(database, matches.short, { block, from, before, limit });
  const long = findLong(database, matches.long, { from, before, limit });
  const reached = Math.max(...[short, long].map((found) => lowestOf(found, limit) ?? from));
  const rowIds = [...short, ...long].filter((rowId) => rowId >= reached);
  return { rowIds: rowIds.sort((one, other) => other - one), reached };
}

/** Where a list ended because it was full; there may be more below. */
function lowestOf(rowIds: readonly number[], limit: number): number | undefined {
  return rowIds.length < limit ? undefined : rowIds.at(-1);
}

async function lookThroughTexts(
  database: SqliteDatabase,
  ownerId: string,
  words: string[],
  { before, size }: SliceRange,
  pause: Pause,
): Promise<Slice> {
  const texts = readTexts(database, ownerId, before, Math.min(size, TEXTS_AT_ONCE));
  const rowIds: number[] = [];
  for (const { row_id: rowId, content } of texts) {
    const isLong = content.length > LONG_LENGTH;
    const holds = isLong ? await findWords(content, words, pause) : holdsWords(content, words);
    if (holds) rowIds.push(rowId);
    await pause();
  }
  return { rowIds, reached: texts.at(-1)?.row_id ?? 0 };
}

/** The newest texts below a row: how long they are is known before they are read. */
function readTexts(database: SqliteDatabase, ownerId: string, before: number, count: number) {
  const { queries } = database;
  const sizes = database.all(
    queries
      .selectFrom('messages')
      .select((message) => ['row_id', message.fn<number>('octet_length', ['content']).as('bytes')])
      .where('owner_id', '=', ownerId)
      .where('row_id', '<', before)
      .orderBy('row_id', 'desc')
      .limit(count),
  );
  let bytes = 0;
  const fitting = sizes.filter((row, index) => {
    bytes += row.bytes;
    return index === 0 || bytes <= TEXT_BYTES_AT_ONCE;
  });
  return database.all(
    queries
      .selectFrom('messages')
      .select(['row_id', 'content'])
      .where('owner_id', '=', ownerId)
      .where('row_id', '<', before)
      .orderBy('row_id', 'desc')
      .limit(fitting.length),
  );
}

/** The hit in a row; null if its chat is deleted, or if it does not hold the words after all. */
function prepareHit(
  database: SqliteDatabase,
  ownerId: string,
  words: string[],
  pause: Pause,
): (rowId: number) => Promise<MessageHit | null> {
  const hitIn = prepareQuery(({ rowId, owner }: { rowId: number; owner: string }) =>
    database.queries
      .selectFrom('messages as m')
      .innerJoin('chats as c', 'c.id', 'm.chat_id')
      .select(['m.id', 'm.chat_id', 'm.role', 'm.created_at', 'm.content'])
      .select('c.title as chat_title')
      .where('m.row_id', '=', rowId)
      .where('m.owner_id', '=', owner)
      .where('c.deleted_at', 'is', null),
  );
  return async (rowId) => {
    const row = database.first(hitIn({ rowId, owner: ownerId }));
    const ranges = row && (await findWords(row.content, words, pause));
    if (!ranges) return null;
    const message = { id: row.id, chatId: row.chat_id, role: row.role, createdAt: row.created_at };
    return { message, chatTitle: row.chat_title, ...cutSnippet(row.content, ranges) };
  };
}

/** The newest of the owner's rows below one. */
function findNewest(database: SqliteDatabase, ownerId: string, before: number): number | null {
  const rows = database.queries
    .selectFrom('messages')
    .select('row_id')
    .where('owner_id', '=', ownerId)
    .orderBy('row_id', 'desc')
    .limit(1);
  const below = before === Infinity ? rows : rows.where('row_id', '<', before);
  return database.first(below)?.row_id ?? null;
}
/**
 * The row below which to go on after a message; after where it was, if it is gone by now: ids and
 * rows have the same order.
 */
function findPlace(database: SqliteDatabase, messageId: string): number {
  const row = database.first(
    database.queries
      .selectFrom('messages')
      .select(['id', 'row_id'])
      .where('id', '<=', messageId)
      .orderBy('id', 'desc')
      .limit(1),
  );
  if (!row) return 0;
  return row.id === messageId ? row.row_id : row.row_id + 1;
}

/** The owner's message in this row or the next above it. */
function idFrom(database: SqliteDatabase, ownerId: string, rowId: number): string | null {
  const row = database.first(
    database.queries
      .selectFrom('messages')
      .select('id')
      .where('owner_id', '=', ownerId)
      .where('row_id', '>=', rowId)
      .orderBy('row_id')
      .limit(1),
  );
  return row?.id ?? null;
}
