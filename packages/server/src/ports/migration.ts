import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Chat } from '../domain/chat.js';
import type { Message } from '../domain/message.js';
import type { Preset } from '../domain/preset.js';
import type { Session } from '../domain/session.js';
import type { UsageEntry } from '../domain/usage.js';
import type { User } from '../domain/user.js';

/** All that a storage remembers, by kind, down to what its verbs never show as such. */
export interface StoredRecords {
  users: User;
  sessions: Session;
  presets: Preset;
  usage: UsageEntry;
  chats: StoredChat;
  messages: StoredMessage;
  reply_events: StoredReplyEvents;
  sends: StoredSend;
}

export type RecordKind = keyof StoredRecords;

/** What is referred to comes before what refers to it. */
export const RECORD_KINDS = [
  'users',
  'sessions',
  'presets',
  'usage',
  'chats',
  'messages',
  'reply_events',
  'sends',
] as const satisfies readonly RecordKind[];

export interface StoredChat extends Chat {
  /** The newest reply in it, by id; empty when there is none. */
  newestReplyId: string;
}

export interface StoredMessage extends Message {
  /** Of a reply that runs, or that ended and whose log is kept. */
  run: { nodeId: string; heartbeatAt: number } | { nodeId: string; endedAt: number } | null;
}

/** Some consecutive events of a reply's log. */
export interface StoredReplyEvents {
  messageId: string;
  lastSeq: number;
  events: StreamEvent[];
}

/** A send by its idempotency key. */
export interface StoredSend {
  ownerId: string;
  key: string;
  fingerprint: string;
  chatId: string;
  userMessageId: string;
  replyId: string;
  createdAt: number;
}

/** Where a reader is among the records of one kind: only what made it understands it. */
export type RecordPosition = readonly (string | number)[];

export interface RecordPage<Value> {
  records: Value[];
  /** Of the last record. */
  position: RecordPosition;
}

export interface RecordReader<Value> {
  count(): Promise<number>;
  /** The next records in a lasting order; null when there are no more. */
  readAfter(position: RecordPosition | null, limit: number): Promise<RecordPage<Value> | null>;
}

export interface RecordWriter<Value> {
  count(): Promise<number>;
  /** Each as a whole; writing it again changes nothing. */
  write(records: readonly Value[]): Promise<void>;
  /** What is kept under the ids of these records, in their order; null where there is nothing. */
  readBack(records: readonly Value[]): Promise<(Value | null)[]>;
}

/** A storage that nobody else can open meanwhile. */
export interface MigrationSource {
  /** Tells this storage from others, wherever it lies. Null while there is no account in it. */
  readonly id: string | null;
  readonly records: { readonly [Kind in RecordKind]: RecordReader<StoredRecords[Kind]> };
  close(): Promise<void>;
}

/** How far a copy has come: by kind the position of the last record that is surely written. */
export type MigrationProgress = Partial<Record<RecordKind, RecordPosition>>;

export interface MigrationTarget {
  readonly records: { readonly [Kind in RecordKind]: RecordWriter<StoredRecords[Kind]> };
  /**
   * From here to `finish` no server opens the storage.
   *
   * @returns the progress of an earlier, unfinished copy of the same source; null for a fresh start
   * @throws DomainError `conflict` when it holds anything else, its message saying what
   */
  begin(sourceId: string): Promise<MigrationProgress | null>;
  saveProgress(progress: MigrationProgress): Promise<void>;
  /** Removes what an unfinished copy, of whatever source, has written; nothing else is touched. */
  discard(): Promise<void>;
  finish(): Promise<void>;
  close(): Promise<void>;
}
