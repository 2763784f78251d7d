import { setImmediate as nextTick } from 'node:timers/promises';
import { cutPage, startPace, type SearchBounds } from '../../domain/search-pace.js';
import { findWords, holdsWords, wordsOf } from '../../domain/search-text.js';
import type { MessageHit, MessageHits, MessageQuery } from '../../ports/message-storage.js';
import { findMatching, toMatch } from './message-index.js';
import { fromMessageRow } from './message-rows.js';
import { blockAround } from './search-signs.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Texts looked through at once. */
const TEXTS_AT_ONCE = 128;

/**
 * Messages that hold all the words, newest first: down the owner's rows slice by slice, with other
 * work in between, until the page is full, the time is spent or nothing is left.
 */
export async function searchMessages(
  database: SqliteDatabase,
  ownerId: string,
  { text, limit, after }: MessageQuery,
  bounds: SearchBounds,
): Promise<MessageHits> {
  const words = wordsOf(text);
  const { oldest, newest } = findSpan(database, ownerId);
  if (words.length === 0 || oldest === null || newest === null) {
    return { hits: [], nextAfter: null };
  }
  const lookThrough = prepareSlice(database, ownerId, words);
  const pace = startPace(bounds);
  const hits: MessageHit[] = [];
  let before = after === undefined ? newest + 1 : findPlace(database, after);
  while (before > oldest && pace.hasTime()) {
    const { rowIds, reached } = lookThrough({ before, size: pace.beginSlice(), limit: limit + 1 });
    hits.push(...readHits(database, ownerId, rowIds, words));
    if (hits.length > limit) return cutPage(hits, limit);
    before = reached;
    pace.endSlice();
    await nextTick();
  }
  return { hits, nextAfter: before > oldest ? idFrom(database, ownerId, before) : null };
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
): (range: SliceRange) => Slice {
  const match = toMatch(database, ownerId, words);
  // One or two letters are in no index: the texts themselves are looked through.
  if (match === null) return (range) => lookThroughTexts(database, ownerId, words, range);
  return ({ before, size, limit }) => {
    const block = blockAround(before - 1, size);
    const from = Math.max(block.from, before - size);
    const rowIds = findMatching(database, match, { block, from, before, limit });
    return { rowIds, reached: (rowIds.length < limit ? undefined : rowIds.at(-1)) ?? from };
  };
}

function lookThroughTexts(
  database: SqliteDatabase,
  ownerId: string,
  words: string[],
  { before, size }: SliceRange,
): Slice {
  const count = Math.min(size, TEXTS_AT_ONCE);
  const texts = database.all(
    database.queries
      .selectFrom('messages')
      .select(['row_id', 'content'])
      .where('owner_id', '=', ownerId)
      .where('row_id', '<', before)
      .orderBy('row_id', 'desc')
      .limit(count),
  );
  const holding = texts.filter(({ content }) => holdsWords(content, words));
  return {
    rowIds: holding.map(({ row_id: rowId }) => rowId),
    reached: (texts.length < count ? undefined : texts.at(-1)?.row_id) ?? 0,
  };
}

function readHits(
  database: SqliteDatabase,
  ownerId: string,
  rowIds: number[],
  words: string[],
): MessageHit[] {
  if (rowIds.length === 0) return [];
  const rows = database.all(
    database.queries
      .selectFrom('messages as m')
      .innerJoin('chats as c', 'c.id', 'm.chat_id')
      .selectAll('m')
      .select('c.title as chat_title')
      .where('m.row_id', 'in', rowIds)
      .where('m.owner_id', '=', ownerId)
      .where('c.deleted_at', 'is', null)
      .orderBy('m.row_id', 'desc'),
  );
  return rows.flatMap((row) => {
    const ranges = findWords(row.content, words);
    return ranges ? [{ message: fromMessageRow(row), chatTitle: row.chat_title, ranges }] : [];
  });
}

/** The first and the last of the owner's rows, both from the ends of an index. */
function findSpan(database: SqliteDatabase, ownerId: string) {
  const end = (order: 'asc' | 'desc') =>
    database.first(
      database.queries
        .selectFrom('messages')
        .select('row_id')
        .where('owner_id', '=', ownerId)
        .orderBy('row_id', order)
        .limit(1),
    )?.row_id ?? null;
  return { oldest: end('asc'), newest: end('desc') };
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
