import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SqliteDatabase } from './sqlite-database.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-database-'));
  file = join(folder, 'data.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

it('undoes a transaction that fails, and tells why', () => {
  const database = new SqliteDatabase(file);
  database.exec('CREATE TABLE facts (fact TEXT)');
  const failing = () =>
    database.transaction(() => {
      database.exec("INSERT INTO facts VALUES ('half')");
      throw new RangeError('the other half is missing');
    });
  expect(failing).toThrow(RangeError);
  expect(database.transaction(() => 'another one begins')).toBe('another one begins');
  database.close();
});

// The driver ends the whole process when a closed connection is asked for its state.
it('refuses a transaction after it was closed, and works on nothing', () => {
  const database = new SqliteDatabase(file);
  database.transaction(() => undefined);
  database.close();
  let hasWorked = false;
  const late = () => database.transaction(() => (hasWorked = true));
  expect(late).toThrow(expect.objectContaining({ code: 'storage_unavailable' }));
  expect(hasWorked).toBe(false);
});
