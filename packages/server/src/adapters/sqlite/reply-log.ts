import { sql } from 'kysely';
import { isFinalStatus, type StreamEvent } from '@chat-playground/sdk/protocol';
import type { Message } from '../../domain/message.js';
import { mergeChunks, withTextOf } from '../../domain/reply-chunks.js';
import type { ReplyEnding, ReplyProgress } from '../../ports/message-storage.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A heart that beat less than this ago, in milliseconds, is left alone: its index costs a write too. */
const BEAT_AGAIN_MS = 500;

/**
 * Appends each reply's new events as one row, in a few statements however many replies there are.
 * One that has ended, or that is another node's, takes nothing.
 *
 * Chunks of all replies follow each other in one table, and each knows the one before it of its own
 * reply, whose row knows the last. With a key by reply, or an index of one, every reply would have a
 * page of its own to write, however little there is to write in it.
 *
 * Call it in a transaction, and name no reply twice.
 */
export function appendProgress(
  database: SqliteDatabase,
  progress: readonly ReplyProgress[],
  at: number,
): void {
  const after = lastChunk(database);
  append(database, progress);
  const newChunks = sql`SELECT reply_id FROM reply_chunks WHERE row_id > ${after}`;
  // Only who has just begun may still be pending; most have not.
  if (progress.some(({ events }) => events[0]?.seq === 1)) {
    database.writeRaw(sql`
      UPDATE messages SET status = 'streaming', version = version + 1
      WHERE status = 'pending' AND id IN (
        SELECT message_id FROM replies WHERE last_chunk IS NULL AND row_id IN (${newChunks})
      )`);
  }
  database.writeRaw(sql`
    UPDATE replies SET heartbeat_at = ${at}
    WHERE heartbeat_at < ${at - BEAT_AGAIN_MS} AND row_id IN (${newChunks})`);
  pointToLastChunks(database, after);
}

/** Appends the last events of a reply, whoever wrote the others. In a transaction. */
export function appendEnding(
  database: SqliteDatabase,
  { messageId, events }: Pick<ReplyEnding, 'messageId' | 'events'>,
): void {
  const after = lastChunk(database);
  append(database, [{ messageId, events }]);
  pointToLastChunks(database, after);
}

function lastChunk(database: SqliteDatabase): number {
  const rows = database.raw(sql<{ last: number | null }>`
    SELECT max(row_id) AS last FROM reply_chunks`);
  return rows[0]?.last ?? 0;
}

function append(
  database: SqliteDatabase,
  progress: readonly { messageId: string; nodeId?: string; events: readonly StreamEvent[] }[],
): void {
  const chunks = progress.flatMap(({ messageId, nodeId = null, events }) => {
    const last = events.at(-1);
    return last ? [[messageId, nodeId, last.seq, JSON.stringify(events)]] : [];
  });
  database.writeRaw(sql`
    INSERT INTO reply_chunks (reply_id, previous, last_seq, events)
    SELECT reply.row_id, reply.last_chunk, new.value ->> 2, new.value ->> 3
    FROM json_each(${JSON.stringify(chunks)}) AS new
    CROSS JOIN replies AS reply ON reply.message_id = new.value ->> 0
    WHERE reply.ended_at IS NULL AND coalesce(new.value ->> 1, reply.node_id) = reply.node_id`);
}

function pointToLastChunks(database: SqliteDatabase, after: number): void {
  database.writeRaw(sql`
    UPDATE replies SET last_chunk = chunk.row_id
    FROM reply_chunks AS chunk
    WHERE chunk.row_id > ${after} AND replies.row_id = chunk.reply_id`);
}

/** The chunks of some replies that hold events after `afterSeq`, from the last to the first. */
function chunksOf(replies: ReturnType<typeof sql>, afterSeq: number) {
  return sql`
    WITH RECURSIVE chain (row_id, previous) AS (
      SELECT chunk.row_id, chunk.previous
      FROM replies AS reply JOIN reply_chunks AS chunk ON chunk.row_id = reply.last_chunk
      WHERE reply.message_id IN (${replies}) AND chunk.last_seq > ${afterSeq}
      UNION ALL
      SELECT chunk.row_id, chunk.previous
      FROM chain JOIN reply_chunks AS chunk ON chunk.row_id = chain.previous
      WHERE chunk.last_seq > ${afterSeq}
    )
    SELECT row_id FROM chain`;
}

/** Events after `afterSeq` in order, each once, at most `limit`. */
export function readEvents(
  database: SqliteDatabase,
  messageId: string,
  afterSeq: number,
  limit: number,
): StreamEvent[] {
  // A chunk holds one event at least.
  const rows = database.raw(sql<{ events: string }>`
    SELECT events FROM reply_chunks
    WHERE row_id IN (${chunksOf(sql`${messageId}`, afterSeq)} ORDER BY row_id LIMIT ${limit})
    ORDER BY row_id`);
  const chunks = rows.map(({ events }) => JSON.parse(events) as StreamEvent[]);
  return mergeChunks(chunks, afterSeq, limit);
}

/**
 * Forgets the running side of replies and their logs; their messages stay as they are.
 *
 * @param messageIds a query that selects their ids
 * @returns how many
 */
export function forgetReplies(
  database: SqliteDatabase,
  messageIds: ReturnType<typeof sql>,
): number {
  database.writeRaw(sql`
    DELETE FROM reply_chunks WHERE row_id IN (${chunksOf(messageIds, 0)})`);
  return database.writeRaw(sql`DELETE FROM replies WHERE message_id IN (${messageIds})`);
}

/** An unfinished reply with the text its log holds; any other message as it is. */
export function withTextSoFar<Kind extends Message>(database: SqliteDatabase, message: Kind): Kind {
  if (isFinalStatus(message.status)) return message;
  return withTextOf(message, readEvents(database, message.id, 0, Number.MAX_SAFE_INTEGER));
}
