import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type CompiledQuery } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('a connection on which a statement has failed midway', () => {
  function prepare() {
    const database = new SqliteDatabase(file);
    database.exec('CREATE TABLE facts (fact TEXT)');
    database.stopWaiting();
    const { queries } = database;
    const insert = (fact: string) =>
      sql<{ fact: string }>`INSERT INTO facts VALUES (${fact}) RETURNING fact`.compile(queries);
    const all = () => sql<{ fact: string }>`SELECT fact FROM facts`.compile(queries);
    const query = <Row>(compiled: CompiledQuery<Row>) => ({ compile: () => compiled });
    return {
      database,
      add: (fact: string) => database.first(query(insert(fact))),
      facts: () => database.all(query(all())).map(({ fact }) => fact.slice(0, 5)),
    };
  }

  it('commits again once there is room on the disk', () => {
    const { database, add, facts } = prepare();
    add('first');
    // Of this connection alone: the one that takes its place has room.
    database.exec('PRAGMA max_page_count = 3');
    const overflow = 'x'.repeat(100_000);
    expect(() => add(overflow)).toThrow(expect.objectContaining({ code: 'storage_unavailable' }));
    expect(facts()).toEqual(['first']);
    add('later');
    add(overflow);
    database.close();
    const outside = new SqliteDatabase(file);
    expect(outside.raw(sql`SELECT fact FROM facts`)).toHaveLength(3);
    outside.close();
  });
});
