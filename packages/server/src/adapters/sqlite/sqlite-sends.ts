import { notFound } from '../../domain/domain-error.js';
import type { MessageStorage, NewSend, SendOutcome } from '../../ports/message-storage.js';
import { toChatRow, type StoredChat } from './chat-rows.js';
import { indexMessage } from './message-index.js';
import { toMessageRow, type StoredMessage } from './message-rows.js';
import { prepareQuery } from './prepare-query.js';
import type { ReplyRow, SendRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface SendTables {
  database: SqliteDatabase;
  prepared: ReturnType<typeof prepareQueries>;
}

/** Writes sends, each whole in one transaction, and finds those that were written before. */
export function createSqliteSends(
  database: SqliteDatabase,
): Pick<MessageStorage, 'recordSend' | 'findSend'> {
  const tables = { database, prepared: prepareQueries(database) };
  return {
    recordSend: async (send) => database.transaction(() => recordSend(tables, send)),
    findSend: async (...sent) => findSend(tables, ...sent),
  };
}

/** Someone waits for the first token of every send. */
function prepareQueries({ queries }: SqliteDatabase) {
  return {
    earlierSend: prepareQuery(({ ownerId, key }: { ownerId: string; key: string }) =>
      queries
        .selectFrom('sends')
        .selectAll()
        .where('owner_id', '=', ownerId)
        .where('key', '=', key),
    ),
    ownMessage: prepareQuery(({ ownerId, id }: { ownerId: string; id: string }) =>
      queries
        .selectFrom('messages')
        .select('id')
        .where('id', '=', id)
        .where('owner_id', '=', ownerId),
    ),
    messageOfChat: prepareQuery(({ chatId, id }: { chatId: string; id: string }) =>
      queries
        .selectFrom('messages')
        .select('id')
        .where('id', '=', id)
        .where('chat_id', '=', chatId),
    ),
    user: prepareQuery(({ id }: { id: string }) =>
      queries.selectFrom('users').select('id').where('id', '=', id),
    ),
    newChat: prepareQuery((row: StoredChat) => queries.insertInto('chats').values(row)),
    newMessage: prepareQuery((row: StoredMessage) =>
      queries.insertInto('messages').values(row).returning('row_id as rowId'),
    ),
    newReply: prepareQuery((row: Omit<ReplyRow, 'row_id'>) =>
      queries.insertInto('replies').values(row),
    ),
    newSend: prepareQuery((row: SendRow) => queries.insertInto('sends').values(row)),
  };
}

function recordSend(tables: SendTables, send: NewSend): SendOutcome {
  const earlier = findEarlier(tables, send);
  if (earlier) return earlier;
  if (!writeChat(tables, send)) return { outcome: 'outdated' };
  requireParent(tables, send);
  writeMessages(tables, send);
  rememberKey(tables, send);
  return { outcome: 'recorded' };
}

/** What became of the send that used this key, if one did. */
function findSend(
  { database, prepared }: SendTables,
  ownerId: string,
  key: string,
  fingerprint: string,
): SendOutcome | null {
  const row = database.first(prepared.earlierSend({ ownerId, key }));
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
function findEarlier(tables: SendTables, send: NewSend): SendOutcome | null {
  const { database, prepared } = tables;
  const { ownerId, key, fingerprint, reply } = send;
  if (key !== null) {
    const earlier = findSend(tables, ownerId, key, fingerprint);
    if (earlier) return earlier;
  }
  const written = database.first(prepared.ownMessage({ ownerId, id: reply.id }));
  return written ? { outcome: 'repeated', ...idsOf(send) } : null;
}

function idsOf({ userMessage, reply }: NewSend) {
  const userMessageId = userMessage?.id ?? reply.parentId;
  if (userMessageId === null) throw new Error(`Reply ${reply.id} answers no message.`);
  return { chatId: reply.chatId, userMessageId, replyId: reply.id };
}

/** @returns false when the chat has moved on since the sender looked at it */
function writeChat(tables: SendTables, send: NewSend): boolean {
  const { database, prepared } = tables;
  const { newChat, ownerId, reply, seenLeafId, at } = send;
  const { queries } = database;
  if (newChat) {
    requireUser(tables, ownerId);
    const chat = { ...newChat, ownerId, activeLeafId: reply.id, updatedAt: at };
    database.write(prepared.newChat(toChatRow(chat)));
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
function requireUser({ database, prepared }: SendTables, id: string): void {
  if (!database.first(prepared.user({ id }))) throw notFound('user');
}

/** What the send hangs on must be a message of the same chat. */
function requireParent({ database, prepared }: SendTables, { userMessage, reply }: NewSend): void {
  const id = (userMessage ?? reply).parentId;
  if (id === null) return;
  const parent = database.first(prepared.messageOfChat({ chatId: reply.chatId, id }));
  if (!parent) throw notFound('message');
}

function writeMessages({ database, prepared }: SendTables, send: NewSend): void {
  const { userMessage, reply, ownerId } = send;
  const messages = userMessage ? [userMessage, reply] : [reply];
  for (const message of messages) {
    const row = toMessageRow({ ...message, ownerId, chatId: reply.chatId });
    const written = database.first(prepared.newMessage(row));
    if (written) indexMessage(database, { ...written, ownerId, content: row.content });
  }
  database.write(
    prepared.newReply({
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

function rememberKey({ database, prepared }: SendTables, send: NewSend): void {
  if (send.key === null) return;
  const { chatId, userMessageId, replyId } = idsOf(send);
  database.write(
    prepared.newSend({
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
