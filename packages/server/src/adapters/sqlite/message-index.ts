import { sql } from 'kysely';
import { foldForSearch } from '../../domain/search-text.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * The search index holds trigrams (three letters in a row), so that it knows parts of words and
 * languages that write without spaces. Where in the text they are it does not hold: that would
 * double its size, and a match is checked against the text anyway. An owner's number is itself one
 * trigram, of signs no text uses: what others wrote is skipped in the index, not read and dropped.
 */
const FIRST_OWNER_SIGN = 0xf0000;
const BITS_PER_SIGN = 10;
/** Of a very long query, these trigrams narrow enough. */
const MAX_TRIGRAMS = 24;
const TRIGRAM_LENGTH = 3;

interface Indexed {
  rowId: number;
  ownerId: string;
  content: string;
}

/** Makes a message findable. Once for each message, when its text is final. */
export function indexMessage(database: SqliteDatabase, { rowId, ownerId, content }: Indexed): void {
  const owner = ownerTrigram(database, ownerId);
  if (content === '' || owner === null) return;
  const terms = owner + foldForSearch(content);
  database.writeRaw(sql`INSERT INTO message_search (rowid, terms) VALUES (${rowId}, ${terms})`);
}

/** @param rowIds a query that selects `row_id`s */
export function forgetMessages(database: SqliteDatabase, rowIds: ReturnType<typeof sql>): void {
  database.writeRaw(sql`DELETE FROM message_search WHERE rowid IN (${rowIds})`);
}

/** For files from before there was an index. */
export function indexAllMessages(database: SqliteDatabase): void {
  const messages = database.all(
    database.queries
      .selectFrom('messages')
      .select(['row_id as rowId', 'owner_id as ownerId', 'content']),
  );
  for (const message of messages) indexMessage(database, message);
}

/**
 * Up to `limit` messages of an owner that may hold the words, newest first.
 *
 * @returns null when every word is too short for the index
 */
export function findCandidates(
  database: SqliteDatabase,
  ownerId: string,
  words: readonly string[],
  { beforeRowId, limit }: { beforeRowId: number; limit: number },
): number[] | null {
  const trigrams = [...new Set(words.flatMap(trigramsOf))].slice(0, MAX_TRIGRAMS);
  if (trigrams.length === 0) return null;
  const owner = ownerTrigram(database, ownerId);
  if (owner === null) return [];
  const match = [owner, ...trigrams].map(quote).join(' AND ');
  return database
    .raw(
      sql<{ rowid: number }>`
        SELECT rowid FROM message_search
        WHERE message_search MATCH ${match} AND rowid < ${beforeRowId}
        ORDER BY rowid DESC LIMIT ${limit}`,
    )
    .map(({ rowid }) => rowid);
}

function trigramsOf(word: string): string[] {
  const letters = [...word];
  return letters
    .map((_, at) => letters.slice(at, at + TRIGRAM_LENGTH))
    .filter((some) => some.length === TRIGRAM_LENGTH)
    .map((some) => some.join(''));
}

/** In quotes nothing is special but the quote. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function ownerTrigram(database: SqliteDatabase, ownerId: string): string | null {
  const owner = database.first(
    database.queries.selectFrom('users').select('row_id').where('id', '=', ownerId),
  );
  if (!owner) return null;
  const mask = 2 ** BITS_PER_SIGN - 1;
  const signs = [2, 1, 0].map((place) => (owner.row_id >>> (place * BITS_PER_SIGN)) & mask);
  return String.fromCodePoint(...signs.map((sign) => FIRST_OWNER_SIGN + sign));
}
