import { copyFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addUser } from '../../test-support/storage-fixtures.js';
import { createSqliteStorage } from './sqlite-storage.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  file = join(folder, 'data.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

/** Names of those the file knows without its write-ahead log. */
function usersInFile(asked = file): unknown[] {
  const copy = join(folder, 'copy.sqlite');
  copyFileSync(asked, copy);
  const database = new Database(copy);
  try {
    return database.prepare('SELECT username FROM users').all([]);
  } catch {
    // Not even the tables are there yet.
    return [];
  } finally {
    database.close();
  }
}

it('copies into the file what was written, again and again', async () => {
  const storage = await createSqliteStorage({ file });
  for (const username of ['ada', 'grace']) {
    await addUser(storage, { username });
    await expect.poll(() => usersInFile(), { timeout: 10_000 }).toContainEqual({ username });
  }
  await storage.close();
});

it('leaves the file whole when the storage is closed', async () => {
  const storage = await createSqliteStorage({ file });
  for (const username of ['ada', 'grace']) await addUser(storage, { username });
  await storage.close();
  expect(usersInFile()).toEqual([{ username: 'ada' }, { username: 'grace' }]);
});

it('copies what a process that was killed has left in the log, though nothing more is written', async () => {
  const killed = await createSqliteStorage({ file });
  await addUser(killed, { username: 'ada' });
  const left = join(folder, 'left.sqlite');
  for (const companion of ['', '-wal']) copyFileSync(file + companion, left + companion);
  await killed.close();
  await (await createSqliteStorage({ file: left })).close();
  expect(usersInFile(left)).toEqual([{ username: 'ada' }]);
});
