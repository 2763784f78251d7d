import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMongoStorage } from '../adapters/mongo/mongo-storage.js';
import { createSqliteStorage } from '../adapters/sqlite/sqlite-storage.js';
import { fillStorage, tellAll, type Filled } from '../test-support/filled-storage.js';
import { buildProgram, type BuiltProgram } from '../test-support/built-program.js';
import { startDatabaseRelay, type DatabaseRelay } from '../test-support/database-relay.js';
import { dropDatabase } from '../test-support/drop-database.js';
import { startTestMongo } from '../test-support/ferretdb.js';
import { addUser, makeSend, newId, START } from '../test-support/storage-fixtures.js';

const FILE = 'chat-playground.sqlite';
/** Enough to be past the accounts and before the last message, one record at a time. */
const REQUESTS_TO_THE_MIDDLE = 120;
const SLOW = { timeout: 120_000 };
const mongo = await startTestMongo();

let program: BuiltProgram;
let folder: string;
/** Where the storage was filled; never migrated, for this process may still hold it. */
let seeds: string;
let filled: Filled;
/** What the verbs told of it. */
let told: unknown;

beforeAll(async () => {
  program = await buildProgram();
  folder = await mkdtemp(join(tmpdir(), 'migrate-'));
  seeds = await mkdtemp(join(folder, 'seeds-'));
  const storage = await createSqliteStorage({ file: join(seeds, FILE) });
  filled = await fillStorage(storage);
  told = await tellAll(storage, filled);
  for (const companion of ['', '-wal']) {
    await copyFile(join(seeds, FILE + companion), join(folder, FILE + companion));
  }
  await storage.close();
});
afterEach(() => program.killAll());
afterAll(async () => {
  await program.remove();
  await rm(folder, { recursive: true });
  await mongo?.stop();
});

function migrate(mongoUri: string, ...args: string[]) {
  const environment = { DATA_DIR: folder, MONGO_URI: mongoUri };
  return program.run({ args: ['migrate', ...args], environment, directory: folder });
}

describe.skipIf(!mongo)('chat-playground migrate', () => {
  const uri = new URL(mongo?.uri ?? 'mongodb://127.0.0.1:1/');
  let databaseName: string;
  let relay: DatabaseRelay;
  const target = () => {
    const named = new URL(uri);
    named.pathname = databaseName;
    return named.href;
  };
  const relayedTarget = () => {
    const relayed = new URL(target());
    relayed.host = `127.0.0.1:${relay.port}`;
    relayed.searchParams.set('directConnection', 'true');
    return relayed.href;
  };
  const change = async (collection: string, filter: object, update: object) => {
    const connection = await mongoose.createConnection(target()).asPromise();
    const changed = await connection.collection(collection).updateOne(filter, update);
    expect(changed.modifiedCount).toBe(1);
    await connection.close();
  };
  const insertSession = async () => {
    const connection = await mongoose.createConnection(target()).asPromise();
    await connection.collection('sessions').insertOne({ _id: 'x' as never, userId: 'y' });
    await connection.close();
  };
  /** As if the machine had lost power in the middle of the messages. */
  const migrateAndDie = async () => {
    relay.cutAfter(REQUESTS_TO_THE_MIDDLE);
    const run = migrate(relayedTarget(), '--batch-size', '1');
    const output = await run.said('chats: ');
    run.child.kill('SIGKILL');
    expect(await run.ended).toMatchObject({ code: null });
    relay.mend();
    expect(output).not.toContain('Comparing');
  };

  beforeEach(async () => {
    databaseName = `chat-playground-test-${newId().slice(-12)}`;
    relay = await startDatabaseRelay({ host: uri.hostname, port: Number(uri.port || 27017) });
  });
  afterEach(async () => {
    program.killAll();
    await relay.close();
    await dropDatabase(uri.href, databaseName);
  });

  it('copies everything, so that no verb can tell the two apart', SLOW, async () => {
    const { code, output, errors } = await migrate(target()).ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/users: 2 of 2 copied\n/);
    expect(output).toMatch(/messages: (\d+) the same, checksum [0-9a-f]{12}\n/);
    const after = await createMongoStorage({ uri: target() });
    expect(await tellAll(after, filled)).toEqual(told);

    // And what was copied can be gone on with.
    const { chat, leaf } = filled.tree;
    const next = makeSend(chat.id, chat.ownerId, leaf, { at: START + 99_000 });
    expect(await after.recordSend(next.send)).toEqual({ outcome: 'recorded' });
    expect(await after.findChat(chat.ownerId, chat.id)).toMatchObject({
      activeLeafId: next.reply.id,
    });
    await after.close();
  });

  it('goes on where it was killed, and no server starts on the half of it', SLOW, async () => {
    await migrateAndDie();
    await expect(createMongoStorage({ uri: target() })).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('unfinished') as string,
    });
    const { code, output } = await migrate(target()).ended;
    expect(output).toContain('Going on where an earlier run stopped.');
    expect(output).toMatch(/users: 0 of 2 copied, 2 earlier\n/);
    expect(code).toBe(0);
    const storage = await createMongoStorage({ uri: target() });
    expect(await tellAll(storage, filled)).toEqual(told);
    await storage.close();
  });

  it('notices what differs in the end, and mends it when told to start over', SLOW, async () => {
    await migrateAndDie();
    await change('users', { _id: filled.users[0]?.id }, { $set: { email: 'other@example.org' } });
    const differing = await migrate(target()).ended;
    expect(differing.code).toBe(1);
    expect(differing.errors).toMatch(
      /^The users differ \(checksum \w+ instead of \w+\).*--restart/,
    );

    await change('users', { _id: filled.users[0]?.id }, { $set: { email: 'anna@example.org' } });
    await insertSession();
    const beyond = await migrate(target()).ended;
    expect(beyond.errors).toMatch(/^There are 4 sessions instead of 3/);
    expect((await migrate(target(), '--restart').ended).code).toBe(0);
  });

  it(
    'mixes with nothing: not with accounts that are there, nor with a copy that is in use',
    SLOW,
    async () => {
      const storage = await createMongoStorage({ uri: target() });
      await addUser(storage);
      await storage.close();
      const refusal = /^The database at MONGO_URI is not empty \(1 users\)/;
      expect((await migrate(target()).ended).errors).toMatch(refusal);
      expect((await migrate(target(), '--restart').ended).errors).toMatch(refusal);
    },
  );

  it('leaves a database of a newer version alone', SLOW, async () => {
    await (await createMongoStorage({ uri: target() })).close();
    await change('state', {}, { $set: { layout: 999 } });
    const { code, errors } = await migrate(target()).ended;
    expect(code).toBe(1);
    expect(errors).toContain('newer version of the server');
    await expect(createMongoStorage({ uri: target() })).rejects.toThrow('newer version');
  });
});

describe('what keeps chat-playground migrate from beginning', () => {
  const nowhere = 'mongodb://someone:hunter2@127.0.0.1:9/chats';
  const failure = async (environment: Record<string, string>) => {
    const run = program.run({ args: ['migrate'], environment, directory: folder });
    const { code, errors } = await run.ended;
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toHaveLength(1);
    return errors;
  };

  it('is a MongoDB that is not named, or does not answer', SLOW, async () => {
    expect(await failure({ DATA_DIR: folder })).toContain('MONGO_URI is not set');
    const errors = await failure({ DATA_DIR: folder, MONGO_URI: nowhere });
    expect(errors).toContain('Cannot open MongoDB at 127.0.0.1:9/chats');
    expect(errors).not.toContain('hunter2');
  });

  it('is a file that is not there, and none is made', async () => {
    const errors = await failure({ DATA_DIR: 'elsewhere', MONGO_URI: nowhere });
    expect(errors).toContain(join(folder, 'elsewhere', 'chat-playground.sqlite'));
    expect(await failure({ DATA_DIR: 'elsewhere', MONGO_URI: nowhere })).toBe(errors);
  });

  it('is a file that a server has open', SLOW, async () => {
    const open = await createSqliteStorage({ file: join(seeds, FILE) });
    const errors = await failure({ DATA_DIR: seeds, MONGO_URI: nowhere });
    expect(errors).toContain('another program holds it');
    await open.close();
  });

  it('is a file of a newer version', async () => {
    const home = await mkdtemp(join(folder, 'newer-'));
    const newer = new Database(join(home, 'chat-playground.sqlite'));
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    expect(await failure({ DATA_DIR: home, MONGO_URI: nowhere })).toContain('newer version');
  });
});

describe('the program', () => {
  it('tells how it is used, and when it is used wrongly', async () => {
    const run = (...args: string[]) =>
      program.run({ args, environment: {}, directory: folder }).ended;
    const [help, known, misused] = await Promise.all([run('-h'), run('-v'), run('migrat')]);
    expect(help).toMatchObject({ code: 0, errors: '' });
    expect(help.output).toContain('chat-playground migrate');
    expect(known.output).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(misused).toMatchObject({ code: 2, output: '' });
    expect(misused.errors).toContain('There is no command "migrat".');
  });
});
