import { sql } from 'kysely';
import type { MessageDeletion } from '../../ports/message-storage.js';
import { fromChatRow } from './chat-rows.js';
import { forgetMessages } from './message-index.js';
import { forgetReplies } from './reply-log.js';
import { selectMessage, selectNewestLeaf } from './message-queries.js';
import type { StoredMessage } from './message-rows.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Removes a message without children, empties one with them; in one transaction. */
export function deleteMessage(
  database: SqliteDatabase,
  ownerId: string,
  messageId: string,
  at: number,
): MessageDeletion | null {
  const { queries } = database;
  return database.transaction(() => {
    const message = database.first(selectMessage(queries, ownerId, messageId));
    if (!message) return null;
    forgetMessages(database, sql`${message.row_id}`);
    // The text is in its log as well.
    forgetReplies(database, sql`${messageId}`);
    const outcome = hasChildren(database, message) ? 'emptied' : 'removed';
    if (outcome === 'emptied') empty(database, message, at);
    else database.write(queries.deleteFrom('messages').where('id', '=', messageId));
    const leafId = outcome === 'removed' ? findNextLeaf(database, message) : messageId;
    const chat = database.first(
      queries
        .updateTable('chats')
        .set((row) => ({
          version: row('version', '+', 1),
          active_leaf_id: sql`CASE active_leaf_id WHEN ${messageId} THEN ${leafId} ELSE active_leaf_id END`,
        }))
        .where('id', '=', message.chat_id)
        .returningAll(),
    );
    return chat ? { outcome, chat: fromChatRow(chat) } : null;
  });
}

function hasChildren(database: SqliteDatabase, message: StoredMessage): boolean {
  const child = database.first(
    database.queries
      .selectFrom('messages')
      .select('id')
      .where('chat_id', '=', message.chat_id)
      .where('parent_id', '=', message.id)
      .limit(1),
  );
  return child !== undefined;
}

function empty(database: SqliteDatabase, { id }: StoredMessage, at: number): void {
  const { queries } = database;
  database.write(
    queries
      .updateTable('messages')
      .set((message) => ({
        content: '',
        reasoning: '',
        error: null,
        vote: null,
        vote_details: null,
        deleted_at: at,
        status: sql`CASE WHEN status IN ('pending', 'streaming') THEN 'stopped' ELSE status END`,
        version: message('version', '+', 1),
      }))
      .where('id', '=', id),
  );
}

/** Beside the removed message the newest leaf, else its parent; null when the chat is empty. */
function findNextLeaf(database: SqliteDatabase, message: StoredMessage): string | null {
  const { queries } = database;
  const sibling = database.first(
    queries
      .selectFrom('messages')
      .select('id')
      .where('chat_id', '=', message.chat_id)
      .where('parent_id', 'is', message.parent_id)
      .orderBy('id', 'desc')
      .limit(1),
  );
  if (!sibling) return message.parent_id;
  return database.first(selectNewestLeaf(queries, message.owner_id, sibling.id))?.id ?? sibling.id;
}
