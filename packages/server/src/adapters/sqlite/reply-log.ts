import { sql } from 'kysely';
import { isFinalStatus, type StreamEvent } from '@chat-playground/sdk/protocol';
import type { Message } from '../../domain/message.js';
import { mergeChunks, withTextOf } from '../../domain/reply-chunks.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Appends each reply's consecutive events as one row. Doing it again changes nothing. */
export function appendChunks(
  database: SqliteDatabase,
  progress: { messageId: string; events: StreamEvent[] }[],
): void {
  const chunks = progress.flatMap(({ messageId, events }) => {
    const last = events.at(-1);
    return last ? [[messageId, last.seq, JSON.stringify(events)]] : [];
  });
  database.writeRaw(sql`
    INSERT OR IGNORE INTO reply_chunks (message_id, last_seq, events)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(chunks)})`);
}

/** Events after `afterSeq` in order, each once, at most `limit`. */
export function readEvents(
  database: SqliteDatabase,
  messageId: string,
  afterSeq: number,
  limit: number,
): StreamEvent[] {
  const rows = database.all(
    database.queries
      .selectFrom('reply_chunks')
      .select('events')
      .where('message_id', '=', messageId)
      .where('last_seq', '>', afterSeq)
      .orderBy('last_seq')
      // A chunk holds one event at least.
      .limit(limit),
  );
  const chunks = rows.map(({ events }) => JSON.parse(events) as StreamEvent[]);
  return mergeChunks(chunks, afterSeq, limit);
}

/** An unfinished reply with the text its log holds; any other message as it is. */
export function withTextSoFar<Kind extends Message>(database: SqliteDatabase, message: Kind): Kind {
  if (isFinalStatus(message.status)) return message;
  return withTextOf(message, readEvents(database, message.id, 0, Number.MAX_SAFE_INTEGER));
}
