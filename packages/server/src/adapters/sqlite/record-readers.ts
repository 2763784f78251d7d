import { sql, type RawBuilder } from 'kysely';
import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type {
  MigrationSource,
  RecordPosition,
  RecordReader,
  StoredChat,
  StoredMessage,
  StoredReplyEvents,
  StoredSend,
} from '../../ports/migration.js';
import { fromChatRow } from './chat-rows.js';
import { fromMessageRow } from './message-rows.js';
import type { ChatRow, MessageRow, ReplyChunkRow, SendRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { fromPresetRow } from './sqlite-presets.js';
import { fromSessionRow } from './sqlite-sessions.js';
import { fromUsageRow } from './sqlite-usage.js';
import { fromUserRow } from './sqlite-users.js';

/** A table read in the order of its key, which is unique and never changes. */
interface Reading<Row, Value> {
  table: string;
  key: readonly (keyof Row & string)[];
  /** What is read of a row (`it`); all of it when absent. */
  columns?: RawBuilder<unknown>;
  /** A second table, where a record takes from two. */
  join?: RawBuilder<unknown>;
  toRecord: (row: Row) => Value;
}

type ChatReading = ChatRow & { newest_reply_id: string | null };
type ReplyChunkReading = Omit<ReplyChunkRow, 'row_id'> & { row_id: number; message_id: string };
type MessageReading = MessageRow & {
  node_id: string | null;
  heartbeat_at: number;
  ended_at: number | null;
};

/** Every table of the file. The search index is not among them: each storage makes its own. */
export function createRecordReaders(database: SqliteDatabase): MigrationSource['records'] {
  const reader = <Row extends object, Value>(reading: Reading<Row, Value>) =>
    createReader(database, reading);
  return {
    users: reader({ table: 'users', key: ['id'], toRecord: fromUserRow }),
    sessions: reader({ table: 'sessions', key: ['id'], toRecord: fromSessionRow }),
    presets: reader({ table: 'presets', key: ['id'], toRecord: fromPresetRow }),
    usage: reader({
      table: 'usage',
      key: ['owner_id', 'message_id', 'kind'],
      toRecord: fromUsageRow,
    }),
    chats: reader<ChatReading, StoredChat>({
      table: 'chats',
      key: ['id'],
      columns: sql`it.*, (
        SELECT max(m.id) FROM messages AS m WHERE m.chat_id = it.id AND m.role = 'assistant'
      ) AS newest_reply_id`,
      toRecord: (row) => ({ ...fromChatRow(row), newestReplyId: row.newest_reply_id ?? '' }),
    }),
    messages: reader<MessageReading, StoredMessage>({
      table: 'messages',
      key: ['id'],
      columns: sql`it.*, r.node_id, r.heartbeat_at, r.ended_at`,
      join: sql`LEFT JOIN replies AS r ON r.message_id = it.id`,
      toRecord: (row) => ({ ...fromMessageRow(row), run: runOf(row) }),
    }),
    reply_events: reader<ReplyChunkReading, StoredReplyEvents>({
      table: 'reply_chunks',
      key: ['row_id'],
      columns: sql`it.*, r.message_id`,
      join: sql`JOIN replies AS r ON r.row_id = it.reply_id`,
      toRecord: toReplyEvents,
    }),
    sends: reader({ table: 'sends', key: ['owner_id', 'key'], toRecord: toSend }),
  };
}

function createReader<Row extends object, Value>(
  database: SqliteDatabase,
  { table, key, columns = sql`it.*`, join = sql``, toRecord }: Reading<Row, Value>,
): RecordReader<Value> {
  const from = sql`${sql.table(table)} AS it`;
  const keys = sql.join(key.map((column) => sql.ref(`it.${column}`)));
  const isAfter = (position: RecordPosition | null) =>
    position ? sql`WHERE (${keys}) > (${sql.join(position)})` : sql``;
  return {
    async count() {
      return (
        database.raw(sql<{ count: number }>`SELECT count(*) AS count FROM ${from}`)[0]?.count ?? 0
      );
    },
    async readAfter(position, limit) {
      const rows = database.raw(
        sql<Row>`SELECT ${columns} FROM ${from} ${join} ${isAfter(position)} ORDER BY ${keys} LIMIT ${limit}`,
      );
      const last = rows.at(-1);
      if (!last) return null;
      return { records: rows.map(toRecord), position: key.map((column) => partOf(last, column)) };
    },
  };
}

function partOf<Row extends object>(row: Row, column: keyof Row & string): string | number {
  const value: unknown = row[column];
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`Column ${column} is no key.`);
}

function runOf({ node_id, heartbeat_at, ended_at }: MessageReading): StoredMessage['run'] {
  if (node_id === null) return null;
  return ended_at === null
    ? { nodeId: node_id, heartbeatAt: heartbeat_at }
    : { nodeId: node_id, endedAt: ended_at };
}

function toReplyEvents(row: ReplyChunkReading): StoredReplyEvents {
  return {
    messageId: row.message_id,
    lastSeq: row.last_seq,
    events: JSON.parse(row.events) as StreamEvent[],
  };
}

function toSend(row: SendRow): StoredSend {
  return {
    ownerId: row.owner_id,
    key: row.key,
    fingerprint: row.fingerprint,
    chatId: row.chat_id,
    userMessageId: row.user_message_id,
    replyId: row.reply_id,
    createdAt: row.created_at,
  };
}
