import type { ReplyStorage } from '../../ports/message-storage.js';
import { indexMessage } from './message-index.js';
import { toJson } from './message-rows.js';
import { appendChunk, readEvents } from './reply-log.js';
import type { ReplyRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { ReplyEnding, ReplyProgress, RunningReply } from '../../ports/message-storage.js';

export function createSqliteReplies(database: SqliteDatabase): ReplyStorage {
  const { queries } = database;
  const running = () => queries.selectFrom('replies').selectAll().where('ended_at', 'is', null);

  return {
    async appendReplyEvents(progress, at) {
      database.transaction(() => {
        for (const one of progress) appendProgress(database, one, at);
      });
    },

    async beatReplies(nodeId, messageIds, at) {
      database.transaction(() => {
        for (const messageId of messageIds) beat(database, nodeId, messageId, at);
      });
    },

    endReply: async (ending) => database.transaction(() => endReply(database, ending)),

    async listReplyEvents(messageId, afterSeq, limit) {
      return readEvents(database, messageId, afterSeq, limit);
    },

    async listAbandonedReplies(beatBefore, limit) {
      return database
        .all(running().where('heartbeat_at', '<', beatBefore).orderBy('heartbeat_at').limit(limit))
        .map(toRunningReply);
    },

    async listRunningReplies(ownerId, chatId) {
      return database
        .all(running().where('chat_id', '=', chatId).where('owner_id', '=', ownerId))
        .map(toRunningReply);
    },

    async purgeReplyEvents(endedBefore, limit) {
      return database.write(
        queries
          .deleteFrom('replies')
          .where('message_id', 'in', (replies) =>
            replies
              .selectFrom('replies')
              .select('message_id')
              .where('ended_at', '<', endedBefore)
              .orderBy('ended_at')
              .limit(limit),
          ),
      );
    },
  };
}

/** A reply that has ended, or is another node's, takes nothing more. */
function appendProgress(
  database: SqliteDatabase,
  { nodeId, messageId, events }: ReplyProgress,
  at: number,
): void {
  if (!beat(database, nodeId, messageId, at)) return;
  database.write(
    database.queries
      .updateTable('messages')
      .set((message) => ({ status: 'streaming', version: message('version', '+', 1) }))
      .where('id', '=', messageId)
      .where('status', '=', 'pending'),
  );
  appendChunk(database, messageId, events);
}

function beat(database: SqliteDatabase, nodeId: string, messageId: string, at: number): boolean {
  const beaten = database.write(
    database.queries
      .updateTable('replies')
      .set({ heartbeat_at: at })
      .where('message_id', '=', messageId)
      .where('node_id', '=', nodeId)
      .where('ended_at', 'is', null),
  );
  return beaten > 0;
}

function endReply(database: SqliteDatabase, ending: ReplyEnding): boolean {
  const { queries } = database;
  const ended = database.first(
    queries
      .updateTable('messages')
      .set((message) => ({
        status: ending.status,
        content: ending.content,
        reasoning: ending.reasoning,
        error: toJson(ending.error),
        metrics: toJson(ending.metrics),
        parameters: toJson(ending.parameters),
        version: message('version', '+', 1),
      }))
      .where('id', '=', ending.messageId)
      .where('status', 'in', ['pending', 'streaming'])
      .returning(['row_id as rowId', 'owner_id as ownerId', 'content']),
  );
  if (!ended) return false;
  indexMessage(database, ended);
  appendChunk(database, ending.messageId, ending.events);
  database.write(
    queries
      .updateTable('replies')
      .set({ ended_at: ending.at })
      .where('message_id', '=', ending.messageId),
  );
  return true;
}

function toRunningReply(row: ReplyRow): RunningReply {
  return {
    messageId: row.message_id,
    chatId: row.chat_id,
    ownerId: row.owner_id,
    nodeId: row.node_id,
    heartbeatAt: row.heartbeat_at,
  };
}
