import { sql } from 'kysely';
import { foldForSearch } from '../../domain/search-text.js';
import { ownerTrigram, placeSigns, type Block } from './search-signs.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * The search index holds trigrams (three letters in a row) and where they are, so that it knows
 * parts of words and languages that write without spaces, and tells a word from a text that merely
 * holds its parts.
 */
const TRIGRAM_LENGTH = 3;
/** Of a very long query, so much narrows enough: more words, and more letters of one, cost more. */
const MAX_WORDS = 8;
const MAX_LETTERS = 24;
/** Messages read at once while all are indexed. */
const REINDEX_BATCH = 1_000;

interface Indexed {
  rowId: number;
  ownerId: string;
  content: string;
}

/** Makes a message findable. Once for each message, when its text is final. */
export function indexMessage(database: SqliteDatabase, { rowId, ownerId, content }: Indexed): void {
  const owner = trigramOf(database, ownerId);
  if (content === '' || owner === null) return;
  const terms = owner + placeSigns(rowId) + foldForSearch(content);
  database.writeRaw(sql`INSERT INTO message_search (rowid, terms) VALUES (${rowId}, ${terms})`);
}

/** @param rowIds a query that selects `row_id`s */
export function forgetMessages(database: SqliteDatabase, rowIds: ReturnType<typeof sql>): void {
  database.writeRaw(sql`DELETE FROM message_search WHERE rowid IN (${rowIds})`);
}

/** For files from before the index was as it is. */
export function indexAllMessages(database: SqliteDatabase): void {
  for (let last = 0; ;) {
    const messages = database.all(
      database.queries
        .selectFrom('messages')
        .select(['row_id as rowId', 'owner_id as ownerId', 'content'])
        .where('row_id', '>', last)
        .orderBy('row_id')
        .limit(REINDEX_BATCH),
    );
    for (const message of messages) indexMessage(database, message);
    last = messages.at(-1)?.rowId ?? last;
    if (messages.length < REINDEX_BATCH) return;
  }
}

/**
 * What the index is asked for messages of an owner that hold these words.
 *
 * @returns null when every word is too short for the index
 */
export function toMatch(
  database: SqliteDatabase,
  ownerId: string,
  words: readonly string[],
): string | null {
  const long = words.map((word) => [...word]).filter(({ length }) => length >= TRIGRAM_LENGTH);
  const owner = trigramOf(database, ownerId);
  if (long.length === 0 || owner === null) return null;
  // The longest are the rarest.
  const rarest = long.sort((one, other) => other.length - one.length).slice(0, MAX_WORDS);
  const phrases = rarest.map((letters) => letters.slice(0, MAX_LETTERS).join(''));
  return [owner, ...phrases].map(quote).join(' AND ');
}

/** Within a block: rows `from` to the one before `before`, the newest `limit` of them. */
export interface RowRange {
  block: Block;
  from: number;
  before: number;
  limit: number;
}

/**
 * Rows that match, newest first. It is the block that bounds what this costs: by the rows alone
 * FTS5 drops what it has found, having looked for it however far that is.
 */
export function findMatching(
  database: SqliteDatabase,
  match: string,
  { block, from, before, limit }: RowRange,
): number[] {
  const matchInBlock = `${quote(block.trigram)} AND ${match}`;
  return database
    .raw(
      sql<{ rowid: number }>`
        SELECT rowid FROM message_search
        WHERE message_search MATCH ${matchInBlock} AND rowid >= ${from} AND rowid < ${before}
        ORDER BY rowid DESC LIMIT ${limit}`,
    )
    .map(({ rowid }) => rowid);
}

/** In quotes nothing is special but the quote. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function trigramOf(database: SqliteDatabase, ownerId: string): string | null {
  const owner = database.first(
    database.queries.selectFrom('users').select('row_id').where('id', '=', ownerId),
  );
  return owner ? ownerTrigram(owner.row_id) : null;
}
