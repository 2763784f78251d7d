import { sql } from 'kysely';
import { indexAllMessages, indexLongMessagesAnew } from './message-index.js';
import type { SqliteDatabase } from './sqlite-database.js';

const createTables = `
CREATE TABLE users (
  row_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  token_hash TEXT NOT NULL,
  previous_token_hash TEXT,
  rotated_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id, last_used_at);

CREATE TABLE chats (
  row_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  owner_id TEXT NOT NULL,
  title TEXT,
  title_key TEXT,
  active_leaf_id TEXT,
  pinned INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  version INTEGER NOT NULL
) STRICT;
-- The title comes last so that a list filtered by title reads the index alone.
CREATE INDEX chats_in_list_order
  ON chats (owner_id, archived, pinned, updated_at, id, title_key) WHERE deleted_at IS NULL;
CREATE INDEX deleted_chats ON chats (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE messages (
  row_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chat_id TEXT NOT NULL REFERENCES chats (id),
  owner_id TEXT NOT NULL,
  parent_id TEXT,
  depth INTEGER NOT NULL,
  role TEXT NOT NULL,
  content TEXT NOT NULL,
  reasoning TEXT NOT NULL,
  status TEXT NOT NULL,
  error TEXT,
  vote TEXT,
  model TEXT,
  requested_parameters TEXT,
  parameters TEXT,
  metrics TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX siblings ON messages (chat_id, parent_id, id);

CREATE TABLE sends (
  owner_id TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  chat_id TEXT NOT NULL REFERENCES chats (id),
  user_message_id TEXT NOT NULL,
  reply_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (owner_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX sends_of_chat ON sends (chat_id);

CREATE TABLE replies (
  message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  chat_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  heartbeat_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX running_replies ON replies (heartbeat_at) WHERE ended_at IS NULL;
CREATE INDEX running_replies_of_chat ON replies (chat_id) WHERE ended_at IS NULL;
CREATE INDEX ended_replies ON replies (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE reply_chunks (
  message_id TEXT NOT NULL REFERENCES replies (message_id) ON DELETE CASCADE,
  last_seq INTEGER NOT NULL,
  events TEXT NOT NULL,
  PRIMARY KEY (message_id, last_seq)
) STRICT;
`;

/** Search: message_search's rowid is the message's row_id, its terms are what `indexMessage` says. */
const addSearchAndPresets = `
ALTER TABLE messages ADD COLUMN vote_details TEXT;
ALTER TABLE messages ADD COLUMN deleted_at INTEGER;
CREATE INDEX messages_of_owner ON messages (owner_id);

CREATE TABLE presets (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL,
  name TEXT NOT NULL,
  parameters TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX presets_of_owner ON presets (owner_id, id);

CREATE VIRTUAL TABLE message_search USING fts5 (
  terms,
  content = '',
  contentless_delete = 1,
  detail = 'none',
  tokenize = 'trigram case_sensitive 1'
);
`;

/** See `appendProgress`: chunks of all replies follow each other, each with a pointer to the one before. */
const chainReplyChunks = `
CREATE TABLE numbered_replies (
  row_id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
  chat_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  heartbeat_at INTEGER NOT NULL,
  ended_at INTEGER,
  last_chunk INTEGER
) STRICT;
CREATE TABLE chained_chunks (
  row_id INTEGER PRIMARY KEY,
  reply_id INTEGER NOT NULL,
  previous INTEGER,
  last_seq INTEGER NOT NULL,
  events TEXT NOT NULL
) STRICT;
INSERT INTO numbered_replies (message_id, chat_id, owner_id, node_id, heartbeat_at, ended_at)
  SELECT message_id, chat_id, owner_id, node_id, heartbeat_at, ended_at FROM replies;
INSERT INTO chained_chunks
  SELECT
    row_number() OVER log,
    r.row_id,
    CASE WHEN lag(r.row_id) OVER log = r.row_id THEN row_number() OVER log - 1 END,
    c.last_seq,
    c.events
  FROM reply_chunks AS c JOIN numbered_replies AS r USING (message_id)
  WINDOW log AS (ORDER BY r.row_id, c.last_seq);
UPDATE numbered_replies SET last_chunk = log.last_chunk
  FROM (SELECT reply_id, max(row_id) AS last_chunk FROM chained_chunks GROUP BY reply_id) AS log
  WHERE numbered_replies.row_id = log.reply_id;
DROP TABLE reply_chunks;
DROP TABLE replies;
ALTER TABLE numbered_replies RENAME TO replies;
ALTER TABLE chained_chunks RENAME TO reply_chunks;
CREATE INDEX running_replies ON replies (heartbeat_at) WHERE ended_at IS NULL;
CREATE INDEX running_replies_of_chat ON replies (chat_id) WHERE ended_at IS NULL;
CREATE INDEX ended_replies ON replies (ended_at) WHERE ended_at IS NOT NULL;
`;

/**
 * The index holds all that is summed up, so that sums read it alone. Of replies before there was a
 * table their messages tell, as far as they are still there.
 */
const addUsage = `
CREATE TABLE usage (
  owner_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  model TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (owner_id, message_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_of_day
  ON usage (owner_id, day, model, kind, prompt_tokens, completion_tokens);

INSERT INTO usage
SELECT m.owner_id, m.id, 'reply', strftime('%Y-%m-%d', m.created_at / 1000, 'unixepoch'),
  coalesce(m.model, ''), m.metrics ->> 'prompt_tokens', m.metrics ->> 'completion_tokens',
  m.created_at
FROM messages AS m JOIN users AS u ON u.id = m.owner_id
WHERE m.metrics IS NOT NULL;
`;

/** Search: with where in the texts the trigrams are. */
const indexPlaces = `
DROP TABLE message_search;
CREATE VIRTUAL TABLE message_search USING fts5 (
  terms,
  content = '',
  contentless_delete = 1,
  detail = 'full',
  tokenize = 'trigram case_sensitive 1'
);
`;

/** Search: the same for long messages, without the places; see `LONG_LENGTH`. */
const addLongMessages = `
CREATE VIRTUAL TABLE IF NOT EXISTS message_search_long USING fts5 (
  terms,
  content = '',
  contentless_delete = 1,
  detail = 'none',
  tokenize = 'trigram case_sensitive 1'
);
`;

/** In order, and never edited once released: a file is brought up by those it has not had. */
const migrations: readonly ((database: SqliteDatabase) => void)[] = [
  (database) => database.exec(createTables),
  // Its index is filled by the one that makes it anew.
  (database) => database.exec(addSearchAndPresets),
  (database) => database.exec(chainReplyChunks),
  (database) => database.exec(addUsage),
  (database) => {
    database.exec(indexPlaces);
    // What fills the index puts long messages there.
    database.exec(addLongMessages);
    indexAllMessages(database);
  },
  (database) => {
    database.exec(addLongMessages);
    indexLongMessagesAnew(database);
  },
];

/**
 * Brings the file to the newest schema. The version is SQLite's own `user_version`: it is part of
 * the transaction it numbers, and a file from a newer program is told from a damaged one.
 * (kysely's Migrator wants its asynchronous driver and two tables for the same.)
 *
 * @param handleUpdate called before a file of an earlier version is changed
 * @returns whether the schema is one this program knows; if not, nothing was changed
 */
export function migrate(database: SqliteDatabase, handleUpdate = () => {}): boolean {
  return database.transaction(() => {
    const version = readVersion(database);
    if (version > migrations.length) return false;
    if (version > 0 && version < migrations.length) handleUpdate();
    for (const migration of migrations.slice(version)) migration(database);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    return true;
  });
}

function readVersion(database: SqliteDatabase): number {
  const rows = database.raw(sql<{ user_version: number }>`PRAGMA user_version`);
  return rows[0]?.user_version ?? 0;
}
