import { setImmediate as nextTick } from 'node:timers/promises';
import { sql } from 'kysely';
import { forgetMessages } from './message-index.js';
import { forgetReplies } from './reply-log.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A `deleted_at` before all time: claimed by a purge. */
export const CLAIMED_AT = -1;
/** Rows removed before other work gets its turn: a few milliseconds' worth. */
const MESSAGES_PER_STEP = 200;

/**
 * Removes chats for good in small steps, so that a long chat doesn't hold up everyone else.
 * First they are claimed: from then on no undo can revive a chat that is half gone, and a purge
 * that is killed is taken up by the next.
 */
export async function purgeDeletedChats(
  database: SqliteDatabase,
  deletedBefore: number,
  limit: number,
): Promise<number> {
  const { queries } = database;
  const doomed = database.all(
    queries
      .updateTable('chats')
      .set({ deleted_at: CLAIMED_AT })
      .where('id', 'in', (chats) =>
        chats
          .selectFrom('chats')
          .select('id')
          .where('deleted_at', '<', deletedBefore)
          .orderBy('deleted_at')
          .limit(limit),
      )
      .returning('id'),
  );
  let purged = 0;
  for (const { id } of doomed) {
    while (removeSomeMessages(database, id) > 0) await nextTick();
    purged += removeChat(database, id);
  }
  return purged;
}

/** With what there is of them in other tables. */
function removeSomeMessages(database: SqliteDatabase, chatId: string): number {
  const { queries } = database;
  const some = sql`SELECT row_id FROM messages WHERE chat_id = ${chatId} LIMIT ${MESSAGES_PER_STEP}`;
  return database.transaction(() => {
    forgetMessages(database, some);
    forgetReplies(database, sql`SELECT id FROM messages WHERE row_id IN (${some})`);
    return database.write(
      queries.deleteFrom('messages').where('row_id', 'in', sql<number>`(${some})`),
    );
  });
}

function removeChat(database: SqliteDatabase, chatId: string): number {
  const { queries } = database;
  return database.transaction(() => {
    database.write(queries.deleteFrom('sends').where('chat_id', '=', chatId));
    return database.write(queries.deleteFrom('chats').where('id', '=', chatId));
  });
}
