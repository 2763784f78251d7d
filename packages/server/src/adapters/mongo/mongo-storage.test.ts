import { afterAll, describe } from 'vitest';
import { describeStorageContract } from '../../ports/storage-contract.js';
import { startTestMongo } from '../../test-support/ferretdb.js';
import { newId } from '../../test-support/storage-fixtures.js';
import { dropDatabase } from '../../test-support/drop-database.js';
import { createMongoStorage } from './mongo-storage.js';

const mongo = await startTestMongo();

describe.skipIf(!mongo)('MongoDB', () => {
  const uri = mongo?.uri ?? '';
  afterAll(() => mongo?.stop());

  describeStorageContract('mongo', async () => {
    const databaseName = `chat-playground-test-${newId().slice(-12)}`;
    return {
      opener: { adapter: 'mongo', uri, databaseName },
      open: () => createMongoStorage({ uri, databaseName }),
      destroy: () => dropDatabase(uri, databaseName),
    };
  });
});
