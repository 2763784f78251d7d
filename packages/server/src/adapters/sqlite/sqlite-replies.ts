import { setImmediate as nextTick } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ReplyStorage } from '../../ports/message-storage.js';
import { indexMessage } from './message-index.js';
import { toJson } from './message-rows.js';
import { appendEnding, appendProgress, forgetReplies, readEvents } from './reply-log.js';
import type { ReplyRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { ReplyEnding, RunningReply } from '../../ports/message-storage.js';

/** Replies written in one go: a few milliseconds, then others get their turn. */
const REPLIES_PER_STEP = 200;

export function createSqliteReplies(database: SqliteDatabase): ReplyStorage {
  const { queries } = database;
  const running = () => queries.selectFrom('replies').selectAll().where('ended_at', 'is', null);

  return {
    async appendReplyEvents(progress, at) {
      for (let from = 0; from < progress.length; from += REPLIES_PER_STEP) {
        if (from > 0) await nextTick();
        const some = progress.slice(from, from + REPLIES_PER_STEP);
        database.transaction(() => appendProgress(database, some, at));
      }
    },

    async beatReplies(nodeId, messageIds, at) {
      database.writeRaw(sql`
        UPDATE replies SET heartbeat_at = ${at}
        WHERE ended_at IS NULL AND node_id = ${nodeId}
          AND message_id IN (SELECT value FROM json_each(${JSON.stringify(messageIds)}))`);
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
      const old = sql`
        SELECT message_id FROM replies WHERE ended_at < ${endedBefore}
        ORDER BY ended_at LIMIT ${limit}`;
      return database.transaction(() => forgetReplies(database, old));
    },
  };
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
  appendEnding(database, ending);
  database.write(
    queries
      .updateTable('replies')
      .set({ ended_at: ending.at })
      .where('message_id', '=', ending.messageId),
  );
  return true;
}

function toRunningReply(row: Omit<ReplyRow, 'row_id'>): RunningReply {
  return {
    messageId: row.message_id,
    chatId: row.chat_id,
    ownerId: row.owner_id,
    nodeId: row.node_id,
    heartbeatAt: row.heartbeat_at,
  };
}
