import { CLAIMED_AT, purgeDeletedChats } from './purge-chats.js';
import { retryWhenLocked } from './retry-when-locked.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Chats removed before the next are looked for. */
const CHATS_PER_STEP = 50;

/**
 * First, in one transaction, the user is gone and the chats are claimed for the purge; then the
 * chats go step by step, together with any others that wait. Cut short, the next purge goes on.
 */
export async function deleteUser(database: SqliteDatabase, userId: string): Promise<boolean> {
  const { queries } = database;
  const deleted = await retryWhenLocked(() =>
    database.transaction(() => {
      database.write(
        queries.updateTable('chats').set({ deleted_at: CLAIMED_AT }).where('owner_id', '=', userId),
      );
      database.write(queries.deleteFrom('sessions').where('user_id', '=', userId));
      database.write(queries.deleteFrom('presets').where('owner_id', '=', userId));
      database.write(queries.deleteFrom('usage').where('owner_id', '=', userId));
      return database.write(queries.deleteFrom('users').where('id', '=', userId)) > 0;
    }),
  );
  // Cut short by a lock that stays, the next purge goes on; the user is gone by now.
  while ((await retryWhenLocked(() => purgeDeletedChats(database, 0, CHATS_PER_STEP))) > 0);
  return deleted;
}
