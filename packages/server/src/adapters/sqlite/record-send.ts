import { notFound } from '../../domain/domain-error.js';
import type { NewSend, SendOutcome } from '../../ports/message-storage.js';
import { toChatRow } from './chat-rows.js';
import { indexMessage } from './message-index.js';
import { toMessageRow } from './message-rows.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Writes a whole send in one transaction, or finds that it was written before. */
export function recordSend(database: SqliteDatabase, send: NewSend): SendOutcome {
  return database.transaction(() => {
    const earlier = findEarlier(database, send);
    if (earlier) return earlier;
    if (!writeChat(database, send)) return { outcome: 'outdated' };
    requireParent(database, send);
    writeMessages(database, send);
    rememberKey(database, send);
    return { outcome: 'recorded' };
  });
}

/** What became of the send that used this key, if one did. */
export function findSend(
  database: SqliteDatabase,
  ownerId: string,
  key: string,
  fingerprint: string,
): SendOutcome | null {
  const row = database.first(
    database.queries
      .selectFrom('sends')
      .selectAll()
      .where('owner_id', '=', ownerId)
      .where('key', '=', key),
  );
  if (!row) return null;
  if (row.fingerprint !== fingerprint) return { outcome: 'mismatch' };
  return {
    outcome: 'repeated',
    chatId: row.chat_id,
    userMessageId: row.user_message_id,
    replyId: row.reply_id,
  };
}

/** By the key or, where there is none, by the reply's id. */
function findEarlier(database: SqliteDatabase, send: NewSend): SendOutcome | null {
  const { ownerId, key, fingerprint, reply } = send;
  if (key !== null) {
    const earlier = findSend(database, ownerId, key, fingerprint);
    if (earlier) return earlier;
  }
  const written = database.first(
    database.queries
      .selectFrom('messages')
      .select('id')
      .where('id', '=', reply.id)
      .where('owner_id', '=', ownerId),
  );
  return written ? { outcome: 'repeated', ...idsOf(send) } : null;
}

function idsOf({ userMessage, reply }: NewSend) {
  const userMessageId = userMessage?.id ?? reply.parentId;
  if (userMessageId === null) throw new Error(`Reply ${reply.id} answers no message.`);
  return { chatId: reply.chatId, userMessageId, replyId: reply.id };
}

/** @returns false when the chat has moved on since the sender looked at it */
function writeChat(database: SqliteDatabase, send: NewSend): boolean {
  const { newChat, ownerId, reply, seenLeafId, at } = send;
  const { queries } = database;
  if (newChat) {
    requireUser(database, ownerId);
    const chat = { ...newChat, ownerId, activeLeafId: reply.id, updatedAt: at };
    database.write(queries.insertInto('chats').values(toChatRow(chat)));
    return true;
  }
  const changed = database.write(
    queries
      .updateTable('chats')
      .set((chat) => ({
        active_leaf_id: reply.id,
        updated_at: at,
        version: chat('version', '+', 1),
      }))
      .where('id', '=', reply.chatId)
      .where('owner_id', '=', ownerId)
      .where('deleted_at', 'is', null)
      .$if(seenLeafId !== undefined, (update) =>
        update.where('active_leaf_id', 'is', seenLeafId ?? null),
      ),
  );
  if (changed > 0) return true;
  const shown = database.first(
    queries
      .selectFrom('chats')
      .select('id')
      .where('id', '=', reply.chatId)
      .where('owner_id', '=', ownerId)
      .where('deleted_at', 'is', null),
  );
  if (!shown) throw notFound('chat');
  return false;
}

/** An account may be deleted while a last request of it is on its way. */
function requireUser(database: SqliteDatabase, ownerId: string): void {
  const user = database.first(
    database.queries.selectFrom('users').select('id').where('id', '=', ownerId),
  );
  if (!user) throw notFound('user');
}

/** What the send hangs on must be a message of the same chat. */
function requireParent(database: SqliteDatabase, { userMessage, reply }: NewSend): void {
  const parentId = (userMessage ?? reply).parentId;
  if (parentId === null) return;
  const parent = database.first(
    database.queries
      .selectFrom('messages')
      .select('id')
      .where('id', '=', parentId)
      .where('chat_id', '=', reply.chatId),
  );
  if (!parent) throw notFound('message');
}

function writeMessages(database: SqliteDatabase, send: NewSend): void {
  const { queries } = database;
  const { userMessage, reply, ownerId } = send;
  const messages = userMessage ? [userMessage, reply] : [reply];
  for (const message of messages) {
    const row = toMessageRow({ ...message, ownerId, chatId: reply.chatId });
    const written = database.first(
      queries.insertInto('messages').values(row).returning('row_id as rowId'),
    );
    if (written) indexMessage(database, { ...written, ownerId, content: row.content });
  }
  database.write(
    queries.insertInto('replies').values({
      message_id: reply.id,
      chat_id: reply.chatId,
      owner_id: ownerId,
      node_id: send.nodeId,
      heartbeat_at: send.at,
      ended_at: null,
      last_chunk: null,
    }),
  );
}

function rememberKey(database: SqliteDatabase, send: NewSend): void {
  if (send.key === null) return;
  const { chatId, userMessageId, replyId } = idsOf(send);
  database.write(
    database.queries.insertInto('sends').values({
      owner_id: send.ownerId,
      key: send.key,
      fingerprint: send.fingerprint,
      chat_id: chatId,
      user_message_id: userMessageId,
      reply_id: replyId,
      created_at: send.at,
    }),
  );
}
