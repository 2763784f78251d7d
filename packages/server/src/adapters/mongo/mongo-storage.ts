import { ESCAPING, readDatabaseAddress } from '../../domain/database-address.js';
import { DomainError, isDomainError } from '../../domain/domain-error.js';
import type { SearchBounds } from '../../domain/search-pace.js';
import type { MessageQuery } from '../../ports/message-storage.js';
import { createTurns } from '../../domain/turns.js';
import type { Storage } from '../../ports/storage.js';
import { exportUserData } from './export-user-data.js';
import { createMongoChats } from './mongo-chats.js';
import { translatingErrors } from './mongo-errors.js';
import { createMongoMessages } from './mongo-messages.js';
import { makeMissingIndexes, openModels, type MongoModels } from './mongo-models.js';
import { createMongoPresets } from './mongo-presets.js';
import { createMongoReplies } from './mongo-replies.js';
import { finishPendingSends } from './mongo-sends.js';
import { createMongoSessions } from './mongo-sessions.js';
import { createMongoUsage } from './mongo-usage.js';
import { createMongoUsers } from './mongo-users.js';
import { searchMessages } from './search-messages.js';
import { readState, requireWhole, type StateDocument } from './storage-state.js';

/** The first: as many texts as are looked through in a few milliseconds. */
const SLICES = { firstSlice: 512, largestSlice: 32_768 };

/** MongoDB's code for credentials that are not right. */
const AUTHENTICATION_FAILED = 18;

/**
 * MongoDB, or a server that speaks like it. Each verb is one atomic update of one document, or a
 * sequence that is harmless to repeat and that whoever comes next completes; it needs neither
 * transactions nor joins, so a single server, a replica set and a sharded cluster all do.
 *
 * @param options.uri connection string
 * @param options.databaseName instead of the one in `uri`
 * @param options.searchBounds how far one search looks; for tests
 * @throws DomainError `storage_unavailable` when the server can't be reached within 3 s; afterwards
 *   every verb does so while the server is away, and works again once it is back
 */
export async function createMongoStorage(options: {
  uri: string;
  databaseName?: string;
  searchBounds?: Partial<SearchBounds>;
}): Promise<Storage> {
  const models = await connectModels(options, async (connected, state) => {
    requireWhole(state);
    // Whatever a killed process left half-written is whole before anyone looks.
    await finishPendingSends(connected, Infinity);
  });
  const turns = createTurns();
  const searchBounds = { ...SLICES, ...options.searchBounds };
  const verbs = translatingErrors({
    ...createMongoUsers(models),
    ...createMongoSessions(models),
    ...createMongoChats(models),
    ...createMongoMessages(models),
    searchMessages: (ownerId: string, query: MessageQuery) =>
      searchMessages(models, ownerId, query, searchBounds, turns.enter()),
    ...createMongoReplies(models),
    async ping() {
      // Only a write tells whether writes work.
      const pings = models.users.db.collection<{ _id: string }>('pings');
      await pings.updateOne({ _id: 'ready' }, { $set: { at: new Date() } }, { upsert: true });
    },
    async close() {
      await models.connection.close();
    },
    ...createMongoPresets(models),
    ...createMongoUsage(models),
  });
  // Not a promise, hence apart: it translates its own errors.
  return {
    ...verbs,
    exportUserData: (ownerId, pageSize) => exportUserData(models, ownerId, pageSize),
  };
}

/**
 * Connects, refuses what a newer version has written, makes the indexes that are missing.
 *
 * @param prepare what else comes before anyone may use it
 */
export async function connectModels(
  { uri, databaseName }: { uri: string; databaseName?: string },
  prepare: (models: MongoModels, state: StateDocument) => Promise<void> = async () => undefined,
): Promise<MongoModels> {
  let models: MongoModels | undefined;
  try {
    models = await openModels(uri, databaseName);
    const state = await readState(models);
    await makeMissingIndexes(models);
    await prepare(models, state);
    return models;
  } catch (error) {
    await models?.connection.close();
    if (isDomainError(error)) throw error;
    throw new DomainError(
      'storage_unavailable',
      `Cannot open ${describeMongo(uri)}; ${whatToCheck(uri, error)}`,
      { cause: error },
    );
  }
}

/** The server and the database in it, without user, password and options. */
export function describeMongo(uri: string): string {
  const { hosts = 'the address given', path = '' } = readDatabaseAddress(uri) ?? {};
  return `MongoDB at ${hosts}${path === '/' ? '' : path}`;
}

function whatToCheck(uri: string, error: unknown): string {
  const isRefused =
    error instanceof Error && 'code' in error && error.code === AUTHENTICATION_FAILED;
  return isRefused
    ? 'it refused the user name or the password in MONGO_URI.'
    : `check that it runs and that MONGO_URI is right${readDatabaseAddress(uri) ? '' : `, ${ESCAPING}`}.`;
}
