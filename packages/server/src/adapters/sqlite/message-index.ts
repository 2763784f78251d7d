import { sql, type RawBuilder } from 'kysely';
import { foldForSearch } from '../../domain/search-text.js';
import { ownerTrigram, placeSigns, type Block } from './search-signs.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * The search index holds trigrams (three letters in a row), so that it knows parts of words and
 * languages that write without spaces; of all but long messages also where they are, so that it
 * tells a word from a text that merely holds its parts.
 */
const TRIGRAM_LENGTH = 3;
/** Of a very long query, so much narrows enough: more words, and more letters of one, cost more. */
const MAX_WORDS = 8;
const MAX_LETTERS = 24;
/** Trigrams that long messages are asked for: together they are in few that do not hold the words. */
const MAX_TRIGRAMS = 24;
/**
 * Units of a message above which its index row has trigrams without their places. To follow the
 * places costs 50 ns each, 10 ms for each of the longest messages; to read such a text costs 2 ms,
 * and can be done with pauses.
 */
export const LONG_LENGTH = 4_096;
/** Messages read at once while all are indexed. */
const REINDEX_BATCH = 1_000;
/** The planes of private use that the index has its own signs from. */
const PRIVATE_SIGNS = /[\u{f0000}-\u{10ffff}]/gu;
const REPLACEMENT = '\ufffd';

interface Indexed {
  rowId: number;
  ownerId: string;
  content: string;
}

/** Makes a message findable. Once for each message, when its text is final. */
export function indexMessage(database: SqliteDatabase, { rowId, ownerId, content }: Indexed): void {
  const owner = trigramOf(database, ownerId);
  if (content === '' || owner === null) return;
  const text = withoutSigns(foldForSearch(content));
  if (content.length > LONG_LENGTH) {
    const terms = owner + text;
    database.writeRaw(
      sql`INSERT INTO message_search_long (rowid, terms) VALUES (${rowId}, ${terms})`,
    );
    return;
  }
  const terms = owner + placeSigns(rowId) + text;
  database.writeRaw(sql`INSERT INTO message_search (rowid, terms) VALUES (${rowId}, ${terms})`);
}

/** @param rowIds a query that selects `row_id`s */
export function forgetMessages(database: SqliteDatabase, rowIds: ReturnType<typeof sql>): void {
  database.writeRaw(sql`DELETE FROM message_search WHERE rowid IN (${rowIds})`);
  database.writeRaw(sql`DELETE FROM message_search_long WHERE rowid IN (${rowIds})`);
}

/** For files from before the index was as it is. */
export function indexAllMessages(database: SqliteDatabase): void {
  indexSome(database, sql`TRUE`, (message) => indexMessage(database, message));
}

/** For files from before long messages had an index of their own, and signs were kept out of it. */
export function indexLongMessagesAnew(database: SqliteDatabase): void {
  const signs = `*[${String.fromCodePoint(0xf0000)}-${String.fromCodePoint(0x10ffff)}]*`;
  const concerned = sql`octet_length(content) > ${LONG_LENGTH} OR content GLOB ${signs}`;
  indexSome(database, concerned, (message) => {
    forgetMessages(database, sql`${message.rowId}`);
    indexMessage(database, message);
  });
}

function indexSome(
  database: SqliteDatabase,
  condition: RawBuilder<unknown>,
  index: (message: Indexed) => void,
): void {
  for (let last = 0; ;) {
    const rowIds = database
      .raw(
        sql<{ row_id: number }>`
          SELECT row_id FROM messages WHERE row_id > ${last} AND (${condition})
          ORDER BY row_id LIMIT ${REINDEX_BATCH}`,
      )
      .map(({ row_id: rowId }) => rowId);
    for (const rowId of rowIds) {
      const message = database.first(
        database.queries
          .selectFrom('messages')
          .select(['row_id as rowId', 'owner_id as ownerId', 'content'])
          .where('row_id', '=', rowId),
      );
      if (message) index(message);
    }
    last = rowIds.at(-1) ?? last;
    if (rowIds.length < REINDEX_BATCH) return;
  }
}

/** What the two parts of the index are asked for. */
export interface Matches {
  /** Of messages whose trigrams are known with their places: they hold the words. */
  short: string;
  /** Of the others: they may hold them. */
  long: string;
}

/**
 * What the index is asked for messages of an owner that hold these words.
 *
 * @returns null when every word is too short for the index
 */
export function toMatches(
  database: SqliteDatabase,
  ownerId: string,
  words: readonly string[],
): Matches | null {
  const long = words
    .map((word) => [...withoutSigns(word)])
    .filter(({ length }) => length >= TRIGRAM_LENGTH);
  const owner = trigramOf(database, ownerId);
  if (long.length === 0 || owner === null) return null;
  // The longest are the rarest.
  const rarest = long.sort((one, other) => other.length - one.length).slice(0, MAX_WORDS);
  const phrases = rarest.map((letters) => letters.slice(0, MAX_LETTERS).join(''));
  const trigrams = [...new Set(rarest.flatMap(trigramsOf))].slice(0, MAX_TRIGRAMS);
  return { short: allOf([owner, ...phrases]), long: allOf([owner, ...trigrams]) };
}

function trigramsOf(letters: readonly string[]): string[] {
  const last = Math.min(letters.length, MAX_LETTERS) - TRIGRAM_LENGTH;
  return Array.from({ length: last + 1 }, (_, at) =>
    letters.slice(at, at + TRIGRAM_LENGTH).join(''),
  );
}

function allOf(terms: readonly string[]): string {
  return terms.map(quote).join(' AND ');
}

/** A text that holds signs of the index would be found as what it is not: somebody else's. */
function withoutSigns(text: string): string {
  return text.replace(PRIVATE_SIGNS, REPLACEMENT);
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

/** Long messages below a row that may hold the words, newest first. */
export function findLong(
  database: SqliteDatabase,
  match: string,
  { from, before, limit }: Omit<RowRange, 'block'>,
): number[] {
  return database
    .raw(
      sql<{ rowid: number }>`
        SELECT rowid FROM message_search_long
        WHERE message_search_long MATCH ${match} AND rowid >= ${from} AND rowid < ${before}
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
