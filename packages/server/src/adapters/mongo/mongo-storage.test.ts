import { afterAll, describe } from 'vitest';
import { describeStorageContract } from '../../ports/storage-contract.js';
import { startTestMongo } from '../../test-support/ferretdb.js';
import { newId } from '../../test-support/storage-fixtures.js';
import { dropDatabase } from '../../test-support/drop-database.js';
import { createMongoStorage } from './mongo-storage.js';

/**
 * FerretDB 1.x reads a whole collection to compare a depth, so that a chain costs it the square of
 * its length: it gets two pages of one, MongoDB at `MONGO_URI` the full chain.
 */
const DEEPEST_OF_FERRETDB = 300;
const mongo = await startTestMongo();

describe.skipIf(!mongo)('MongoDB', () => {
  const uri = mongo?.uri ?? '';
  afterAll(() => mongo?.stop());

  describeStorageContract('mongo', async () => {
    const databaseName = `chat-playground-test-${newId().slice(-12)}`;
    return {
      opener: { adapter: 'mongo', uri, databaseName },
      open: (options) => createMongoStorage({ uri, databaseName, ...options }),
      ...(mongo?.isFerretDb && { deepest: DEEPEST_OF_FERRETDB }),
      destroy: () => dropDatabase(uri, databaseName),
    };
  });
});
