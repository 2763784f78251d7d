import type { MessageStatus, Role, Vote } from '@chat-playground/sdk/protocol';
import type { Generated } from 'kysely';
import type { Day, UsageEntry } from '../../domain/usage.js';

/**
 * The tables as the newest migration leaves them. Times are milliseconds since the epoch, flags 0
 * or 1, structured values JSON. `row_id` is what the search indexes refer to.
 */
export interface Schema {
  users: UserRow;
  sessions: SessionRow;
  chats: ChatRow;
  messages: MessageRow;
  sends: SendRow;
  replies: ReplyRow;
  reply_chunks: ReplyChunkRow;
  presets: PresetRow;
  usage: UsageRow;
}

export interface UserRow {
  row_id: Generated<number>;
  id: string;
  username: string;
  /** Folded, so that uniqueness knows no case. */
  username_key: string;
  email: string;
  email_key: string;
  password_hash: string;
  created_at: number;
}

export interface SessionRow {
  id: string;
  user_id: string;
  token_hash: string;
  previous_token_hash: string | null;
  rotated_at: number;
  user_agent: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
  revoked_at: number | null;
}

export interface ChatRow {
  row_id: Generated<number>;
  id: string;
  owner_id: string;
  title: string | null;
  /** Folded, for search without case. */
  title_key: string | null;
  active_leaf_id: string | null;
  pinned: number;
  archived: number;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
  version: number;
}

export interface MessageRow {
  row_id: Generated<number>;
  id: string;
  chat_id: string;
  owner_id: string;
  parent_id: string | null;
  depth: number;
  role: Role;
  /** Of a reply: empty until its end; its text is then in `reply_chunks`. */
  content: string;
  reasoning: string;
  status: MessageStatus;
  error: string | null;
  vote: Vote | null;
  vote_details: string | null;
  model: string | null;
  requested_parameters: string | null;
  parameters: string | null;
  metrics: string | null;
  created_at: number;
  deleted_at: number | null;
  version: number;
}

/** A send that happened, by its idempotency key. */
export interface SendRow {
  owner_id: string;
  key: string;
  fingerprint: string;
  chat_id: string;
  user_message_id: string;
  reply_id: string;
  created_at: number;
}

/** The running side of a reply, from its start until its log is purged. */
export interface ReplyRow {
  row_id: Generated<number>;
  message_id: string;
  chat_id: string;
  owner_id: string;
  node_id: string;
  heartbeat_at: number;
  ended_at: number | null;
  /** The newest of its chunks; null while it has none. */
  last_chunk: number | null;
}

/**
 * Some consecutive events of a reply: one row a write, never one a token. A write that was tried
 * twice may leave chunks that overlap; readers go by each event's own number.
 */
export interface ReplyChunkRow {
  row_id: Generated<number>;
  /** The reply's `row_id`. */
  reply_id: number;
  /** The chunk before it of the same reply; null for the first. */
  previous: number | null;
  last_seq: number;
  /** JSON array of stream events. */
  events: string;
}

export interface PresetRow {
  id: string;
  owner_id: string;
  name: string;
  parameters: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export interface UsageRow {
  message_id: string;
  kind: UsageEntry['kind'];
  owner_id: string;
  day: Day;
  model: string;
  prompt_tokens: number;
  completion_tokens: number;
  created_at: number;
}
