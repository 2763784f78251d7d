import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { isFinalStatus } from '@chat-playground/sdk/protocol';
import type { Message } from '../../domain/message.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Appends consecutive events as one row. Doing it again changes nothing. */
export function appendChunk(
  database: SqliteDatabase,
  messageId: string,
  events: StreamEvent[],
): void {
  const last = events.at(-1);
  if (!last) return;
  database.write(
    database.queries
      .insertInto('reply_chunks')
      .values({ message_id: messageId, last_seq: last.seq, events: JSON.stringify(events) })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Events after `afterSeq` in order, each once, at most `limit`. */
export function readEvents(
  database: SqliteDatabase,
  messageId: string,
  afterSeq: number,
  limit: number,
): StreamEvent[] {
  const chunks = database.all(
    database.queries
      .selectFrom('reply_chunks')
      .select('events')
      .where('message_id', '=', messageId)
      .where('last_seq', '>', afterSeq)
      .orderBy('last_seq')
      // A chunk holds one event at least.
      .limit(limit),
  );
  const found: StreamEvent[] = [];
  let seq = afterSeq;
  for (const chunk of chunks) {
    for (const event of JSON.parse(chunk.events) as StreamEvent[]) {
      if (event.seq <= seq || found.length === limit) continue;
      found.push(event);
      seq = event.seq;
    }
  }
  return found;
}

/** An unfinished reply with the text its log holds; any other message as it is. */
export function withTextSoFar<Kind extends Message>(database: SqliteDatabase, message: Kind): Kind {
  if (isFinalStatus(message.status)) return message;
  let content = '';
  let reasoning = '';
  for (const event of readEvents(database, message.id, 0, Number.MAX_SAFE_INTEGER)) {
    if (event.event === 'text-delta') content += event.data.delta;
    if (event.event === 'reasoning-delta') reasoning += event.data.delta;
  }
  return { ...message, content, reasoning };
}
