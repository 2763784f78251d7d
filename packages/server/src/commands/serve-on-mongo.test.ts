import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProgram, type BuiltProgram } from '../test-support/built-program.js';
import { startDatabaseRelay, type DatabaseRelay } from '../test-support/database-relay.js';
import { dropDatabase } from '../test-support/drop-database.js';
import { startTestMongo } from '../test-support/ferretdb.js';
import { newId } from '../test-support/storage-fixtures.js';
import { createTestClient } from '../test-support/test-client.js';

/** Longer than any machine takes to find a database again. */
const PATIENCE_MS = 60_000;
const mongo = await startTestMongo();

describe.skipIf(!mongo)('serving from MongoDB', () => {
  const uri = new URL(mongo?.uri ?? 'mongodb://127.0.0.1:1/');
  const databaseName = `chat-playground-test-${newId().slice(-12)}`;
  let folder: string;
  let program: BuiltProgram;
  let relay: DatabaseRelay;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'serve-on-mongo-'));
    program = await buildProgram();
    relay = await startDatabaseRelay({ host: uri.hostname, port: Number(uri.port || 27017) });
  });
  afterAll(async () => {
    program.killAll();
    await program.remove();
    await relay.close();
    await dropDatabase(uri.href, databaseName);
    await mongo?.stop();
    await rm(folder, { recursive: true });
  });

  it(
    'is not ready while the database is away, and goes on by itself when it is back',
    { timeout: 3 * PATIENCE_MS },
    async () => {
      const relayed = new URL(uri);
      relayed.host = `127.0.0.1:${relay.port}`;
      relayed.pathname = databaseName;
      relayed.searchParams.set('directConnection', 'true');
      const server = program.run({
        environment: { PORT: '0', MONGO_URI: relayed.href },
        directory: folder,
      });
      const line = await server.said('\n');
      expect(line).toContain(`database: MongoDB at 127.0.0.1:${relay.port}/${databaseName}`);
      const port = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
      const client = createTestClient(`http://127.0.0.1:${port}`);
      await client.register('someone');
      const ready = async () => (await client.request('ready')).status;
      expect(await ready()).toBe(200);

      relay.cut();
      await vi.waitUntil(async () => (await ready()) === 503, { timeout: PATIENCE_MS });
      expect(await client.request('getOwnUser')).toMatchObject({
        status: 503,
        body: { code: 'storage_unavailable' },
      });
      relay.mend();
      await vi.waitUntil(async () => (await ready()) === 200, { timeout: PATIENCE_MS });
      expect(await client.call('getOwnUser')).toEqual(client.user);
    },
  );
});
