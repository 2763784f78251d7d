import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDatabaseRelay, type DatabaseRelay } from '../../test-support/database-relay.js';
import { dropDatabase } from '../../test-support/drop-database.js';
import { startTestMongo } from '../../test-support/ferretdb.js';
import {
  addChat,
  addUser,
  makeSend,
  makeUser,
  newId,
  START,
} from '../../test-support/storage-fixtures.js';
import type { Storage } from '../../ports/storage.js';
import { createMongoStorage } from './mongo-storage.js';

/** More than the requests one send makes. */
const MOST_REQUESTS = 9;
const mongo = await startTestMongo();

describe.skipIf(!mongo)('MongoDB that goes away', () => {
  const uri = new URL(mongo?.uri ?? 'mongodb://127.0.0.1:1/');
  const databaseName = `chat-playground-test-${newId().slice(-12)}`;
  let relay: DatabaseRelay;
  let steady: Storage;
  const openThroughRelay = () => {
    const relayed = new URL(uri);
    relayed.host = `127.0.0.1:${relay.port}`;
    // Or a replica set would be met behind the relay.
    relayed.searchParams.set('directConnection', 'true');
    return createMongoStorage({ uri: relayed.href, databaseName });
  };

  beforeAll(async () => {
    relay = await startDatabaseRelay({ host: uri.hostname, port: Number(uri.port || 27017) });
    steady = await createMongoStorage({ uri: uri.href, databaseName });
  });
  afterEach(() => relay.mend());
  afterAll(async () => {
    await steady.close();
    await relay.close();
    await dropDatabase(uri.href, databaseName);
    await mongo?.stop();
  });

  it(
    'says where it looked, and no secret, when it cannot be opened',
    { timeout: 20_000 },
    async () => {
      const nobody = 'mongodb://someone:secret@127.0.0.1:1/db?authSource=admin';
      const failure = await createMongoStorage({ uri: nobody }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'storage_unavailable',
        message:
          'Cannot open MongoDB at 127.0.0.1:1/db; check that it runs and that MONGO_URI is right.',
      });
    },
  );

  it('fails plainly while it is away and works again by itself', { timeout: 30_000 }, async () => {
    const storage = await openThroughRelay();
    const user = await addUser(storage);
    relay.cut();
    const message = 'The database does not answer; try again shortly.';
    const unavailable = { code: 'storage_unavailable', message };
    await expect(storage.findUser(user.id)).rejects.toMatchObject(unavailable);
    await expect(storage.createUser(makeUser())).rejects.toMatchObject(unavailable);
    await expect(storage.ping()).rejects.toMatchObject(unavailable);
    relay.mend();
    expect(await storage.findUser(user.id)).toEqual(user);
    await storage.close();
  });

  it.each(Array.from({ length: MOST_REQUESTS }, (_, requests) => requests))(
    'leaves a send whole or undone when it goes away after %i of its requests',
    { timeout: 30_000 },
    async (requests) => {
      const { id: owner } = await addUser(steady);
      const { chat, reply: parent } = await addChat(steady, owner);
      const { send, user, reply } = makeSend(chat.id, owner, parent, { key: 'k', at: START + 9 });
      const storage = await openThroughRelay();
      relay.cutAfter(requests);
      const outcome = await storage.recordSend(send).catch((error: unknown) => error);
      if (requests === 0) expect(outcome).toMatchObject({ code: 'storage_unavailable' });
      if (requests === MOST_REQUESTS - 1) expect(outcome).toEqual({ outcome: 'recorded' });
      relay.mend();
      await storage.close();

      // What a node does when it starts, and again and again.
      await (await createMongoStorage({ uri: uri.href, databaseName })).close();
      const after = await steady.findChat(owner, chat.id);
      const branch = await steady.listBranch(owner, chat.id, {
        leafId: after?.activeLeafId ?? '',
        limit: 9,
      });
      const written = await steady.findSend(owner, 'k', 'same');
      expect(branch.map(({ id }) => id).slice(2)).toEqual(written ? [user.id, reply.id] : []);
      expect(after?.version).toBe(chat.version + (written ? 1 : 0));
      expect((await steady.findMessage(owner, reply.id)) !== null).toBe(written !== null);

      // Tried again, it is there once.
      const again = makeSend(chat.id, owner, parent, { key: 'k', at: START + 10 });
      expect(await steady.recordSend(again.send)).toMatchObject({
        outcome: written ? 'repeated' : 'recorded',
      });
      expect((await steady.findChat(owner, chat.id))?.version).toBe(chat.version + 1);
    },
  );
});
