import { setImmediate as nextTick } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ReplyStorage } from '../../ports/message-storage.js';
import { indexMessage } from './message-index.js';
import { toJson } from './message-rows.js';
import { appendChunks, readEvents } from './reply-log.js';
import type { ReplyRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { ReplyEnding, ReplyProgress, RunningReply } from '../../ports/message-storage.js';

/** Replies written in one go: a few milliseconds, then others get their turn. */
const REPLIES_PER_STEP = 200;

export function createSqliteReplies(database: SqliteDatabase): ReplyStorage {
  const { queries } = database;
  const running = () => queries.selectFrom('replies').selectAll().where('ended_at', 'is', null);

  return {
    async appendReplyEvents(progress, at) {
      for (let from = 0; from < progress.length; from += REPLIES_PER_STEP) {
        if (from > 0) await nextTick();
        appendProgress(database, progress.slice(from, from + REPLIES_PER_STEP), at);
      }
    },

    async beatReplies(nodeId, messageIds, at) {
      beat(
        database,
        messageIds.map((messageId) => [messageId, nodeId]),
        at,
      );
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

/**
 * Four statements, however many replies. One that has ended, or is another node's, takes nothing
 * more.
 */
function appendProgress(database: SqliteDatabase, progress: ReplyProgress[], at: number): void {
  const pairs = progress.map(({ messageId, nodeId }) => [messageId, nodeId]);
  database.transaction(() => {
    const live = new Set(beat(database, pairs, at));
    const liveIds = JSON.stringify([...live]);
    database.writeRaw(sql`
      UPDATE messages SET status = 'streaming', version = version + 1
      WHERE id IN (SELECT value FROM json_each(${liveIds})) AND status = 'pending'`);
    appendChunks(
      database,
      progress.filter(({ messageId }) => live.has(messageId)),
    );
  });
}

/** @param pairs message and node. @returns the messages that run on their node */
function beat(database: SqliteDatabase, pairs: string[][], at: number): string[] {
  return database
    .raw(
      sql<{ message_id: string }>`
        UPDATE replies SET heartbeat_at = ${at}
        WHERE ended_at IS NULL AND (message_id, node_id) IN (
          SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(pairs)})
        )
        RETURNING message_id`,
    )
    .map((row) => row.message_id);
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
  appendChunks(database, [ending]);
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
