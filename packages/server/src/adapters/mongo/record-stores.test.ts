import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropDatabase } from '../../test-support/drop-database.js';
import { startTestMongo } from '../../test-support/ferretdb.js';
import { makeUser, newId } from '../../test-support/storage-fixtures.js';
import { openModels, type MongoModels } from './mongo-models.js';
import { createRecordStores } from './record-stores.js';

const mongo = await startTestMongo();

describe.skipIf(!mongo)('records in MongoDB', () => {
  const uri = mongo?.uri ?? '';
  const databaseName = `chat-playground-test-${newId().slice(-12)}`;
  let models: MongoModels;
  beforeAll(async () => {
    models = await openModels(uri, databaseName);
  });
  afterAll(async () => {
    await models.connection.close();
    await dropDatabase(uri, databaseName);
    await mongo?.stop();
  });

  it('are what they were written as last, the rest of the batch written too', async () => {
    const { users } = createRecordStores(models);
    const [first, second, third] = [makeUser(), makeUser(), makeUser()];
    await users.write([first, second]);
    const changed = { ...second, passwordHash: '$argon2id$another' };
    await users.write([changed, third]);
    expect(await users.readBack([first, second, third])).toEqual([first, changed, third]);
    expect(await users.count()).toBe(3);
  });
});
