import { sql } from 'kysely';
import type { SearchBounds } from '../../domain/search-pace.js';
import { createTurns } from '../../domain/turns.js';
import type { MessageQuery } from '../../ports/message-storage.js';
import type { Storage } from '../../ports/storage.js';
import { createCheckpoints } from './checkpoints.js';
import { exportUserData } from './export-user-data.js';
import { openDatabase } from './open-database.js';
import { waitingForLocks } from './retry-when-locked.js';
import { searchMessages } from './search-messages.js';
import { LARGEST_BLOCK, SMALLEST_BLOCK } from './search-signs.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createSqliteChats } from './sqlite-chats.js';
import { createSqliteMessages } from './sqlite-messages.js';
import { createSqlitePresets } from './sqlite-presets.js';
import { createSqliteReplies } from './sqlite-replies.js';
import { createSqliteSessions } from './sqlite-sessions.js';
import { createSqliteUsage } from './sqlite-usage.js';
import { createSqliteUsers } from './sqlite-users.js';

/**
 * The embedded database: one file (and its two companions, `-wal` and `-shm`), no server.
 *
 * @param options.file path of the database file; it and its folder are made when absent
 * @param options.handleUpdate called before a file of an earlier version is brought to this one, which
 *   takes most of a minute where there are a million messages
 * @param options.searchBounds how far one search looks; for tests
 * @throws DomainError `storage_unavailable`, its message one sentence that names the file and what
 *   to do, when the folder is not writable, the file is damaged or of a newer version
 */
export async function createSqliteStorage(options: {
  file: string;
  handleUpdate?: () => void;
  searchBounds?: Partial<SearchBounds>;
}): Promise<Storage> {
  const { file, handleUpdate } = options;
  const database = openDatabase(file, { handleUpdate });
  database.stopWaiting();
  const checkpoints = createCheckpoints(file);
  database.watchWrites(checkpoints.handleWrite);
  // A process that was killed has left something in the log.
  checkpoints.handleWrite();
  const blocks = { firstSlice: SMALLEST_BLOCK, largestSlice: LARGEST_BLOCK };
  const turns = createTurns();
  const searchBounds = { ...blocks, ...options.searchBounds };
  return {
    ...waitingForLocks({
      ...createSqliteUsers(database),
      ...createSqliteSessions(database),
      ...createSqliteChats(database),
      ...createSqliteMessages(database),
      searchMessages: (ownerId: string, query: MessageQuery) =>
        searchMessages(database, ownerId, query, searchBounds, turns.enter()),
      ...createSqliteReplies(database),
      ...createSqlitePresets(database),
      ...createSqliteUsage(database),
      ping: createPing(database),
    }),
    exportUserData: (ownerId, pageSize) => exportUserData(database, ownerId, pageSize),
    async close() {
      await checkpoints.stop();
      database.close();
    },
  };
}

/** Only a write tells whether writes work. Whoever asks meanwhile is given the same answer. */
function createPing(database: SqliteDatabase): () => Promise<void> {
  const [row] = database.raw(sql<{ user_version: number }>`PRAGMA user_version`);
  const sameVersion = `PRAGMA user_version = ${row?.user_version ?? 0}`;
  return async () => database.transaction(() => database.exec(sameVersion));
}
