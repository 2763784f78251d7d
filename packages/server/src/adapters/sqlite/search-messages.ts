import { setImmediate as nextTick } from 'node:timers/promises';
import { findWords, wordsOf } from '../../domain/search-text.js';
import type { MessageHit, MessageQuery } from '../../ports/message-storage.js';
import { findCandidates } from './message-index.js';
import { fromMessageRow } from './message-rows.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Candidates looked at before other work gets its turn. */
const BATCH = 64;
/** One or two letters are in no index: so many of the newest messages are looked through. */
const MAX_SCANNED = 1_000;

/** Messages that hold all the words, newest first. */
export async function searchMessages(
  database: SqliteDatabase,
  ownerId: string,
  { text, limit, after }: MessageQuery,
): Promise<MessageHit[]> {
  const words = wordsOf(text);
  const hits: MessageHit[] = [];
  let beforeRowId =
    after === undefined ? Number.MAX_SAFE_INTEGER : rowIdOf(database, ownerId, after);
  let scanned = 0;
  while (words.length > 0 && beforeRowId > 0) {
    const page = { beforeRowId, limit: BATCH };
    const indexed = findCandidates(database, ownerId, words, page);
    const rowIds = indexed ?? listNewest(database, ownerId, page);
    hits.push(...readHits(database, ownerId, rowIds, words));
    if (hits.length >= limit || rowIds.length < BATCH) break;
    scanned += rowIds.length;
    if (!indexed && scanned >= MAX_SCANNED) break;
    beforeRowId = rowIds.at(-1) ?? 0;
    await nextTick();
  }
  return hits.slice(0, limit);
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

function listNewest(
  database: SqliteDatabase,
  ownerId: string,
  { beforeRowId, limit }: { beforeRowId: number; limit: number },
): number[] {
  return database
    .all(
      database.queries
        .selectFrom('messages')
        .select('row_id')
        .where('owner_id', '=', ownerId)
        .where('row_id', '<', beforeRowId)
        .orderBy('row_id', 'desc')
        .limit(limit),
    )
    .map((row) => row.row_id);
}

function rowIdOf(database: SqliteDatabase, ownerId: string, messageId: string): number {
  const row = database.first(
    database.queries
      .selectFrom('messages')
      .select('row_id')
      .where('id', '=', messageId)
      .where('owner_id', '=', ownerId),
  );
  return row?.row_id ?? 0;
}
