import { sql } from 'kysely';
import type { PlacedMessage } from '../../domain/message.js';
import type { MessageStorage } from '../../ports/message-storage.js';
import { deleteMessage } from './delete-message.js';
import {
  fromMessageRow,
  toJson,
  toSiblingPlace,
  type SiblingColumns,
  type StoredMessage,
} from './message-rows.js';
import { selectBranch, selectMessage, selectNewestLeaf, type Branch } from './message-queries.js';
import { prepareQuery } from './prepare-query.js';
import { createSqliteSends } from './sqlite-sends.js';
import { withTextSoFar } from './reply-log.js';
import type { SqliteDatabase } from './sqlite-database.js';

export function createSqliteMessages(
  database: SqliteDatabase,
): Omit<MessageStorage, 'searchMessages'> {
  const { queries } = database;
  const toPlaced = (row: StoredMessage & SiblingColumns): PlacedMessage =>
    withTextSoFar(database, { ...fromMessageRow(row), siblings: toSiblingPlace(row) });

  const oneMessage = prepareQuery((of: { ownerId: string; messageId: string }) =>
    selectMessage(queries, of.ownerId, of.messageId),
  );
  const branchMessages = prepareQuery((branch: Branch) => selectBranch(queries, branch));

  const shownMessage = (ownerId: string, messageId: string) =>
    queries
      .updateTable('messages')
      .set((message) => ({ version: message('version', '+', 1) }))
      .where('id', '=', messageId)
      .where('owner_id', '=', ownerId)
      .where('chat_id', 'in', (chats) =>
        chats
          .selectFrom('chats')
          .select('chats.id')
          .whereRef('chats.id', '=', 'messages.chat_id')
          .where('chats.deleted_at', 'is', null),
      );

  return {
    ...createSqliteSends(database),

    async findMessage(ownerId, messageId) {
      const row = database.first(oneMessage({ ownerId, messageId }));
      return row ? toPlaced(row) : null;
    },

    async listBranch(ownerId, chatId, { leafId, limit }) {
      return database.all(branchMessages({ ownerId, chatId, leafId, limit })).map(toPlaced);
    },

    async findNewestLeaf(ownerId, messageId) {
      return database.first(selectNewestLeaf(queries, ownerId, messageId))?.id ?? null;
    },

    deleteMessage: async (ownerId, messageId, at) =>
      deleteMessage(database, ownerId, messageId, at),

    async setVoteDetails(ownerId, messageId, details) {
      const row = database.first(
        shownMessage(ownerId, messageId)
          .set({ vote_details: toJson(details) })
          .where('vote', 'is not', null)
          .returningAll(),
      );
      return row ? withTextSoFar(database, fromMessageRow(row)) : null;
    },

    async castVote(ownerId, messageId, vote) {
      const row = database.first(
        shownMessage(ownerId, messageId)
          .set({
            // SET reads the row as it was: the same vote again becomes none.
            vote: sql`CASE WHEN vote IS ${vote} THEN NULL ELSE ${vote} END`,
            vote_details: null,
          })
          .returningAll(),
      );
      return row ? withTextSoFar(database, fromMessageRow(row)) : null;
    },
  };
}
