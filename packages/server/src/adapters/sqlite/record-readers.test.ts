import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { createSqliteStorage } from './sqlite-storage.js';

/** With `replies` read together with `messages`. */
const READ = [
  'chats',
  'messages',
  'presets',
  'replies',
  'reply_chunks',
  'sends',
  'sessions',
  'usage',
  'users',
];

it('has a reader for every table: one that is added needs one, or is lost when a file is copied', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-tables-'));
  const file = join(folder, 'c.sqlite');
  await (await createSqliteStorage({ file })).close();
  const database = new Database(file);
  const names = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all() as { name: string }[];
  database.close();
  const tables = names.map(({ name }) => name).filter((name) => !name.startsWith('message_search'));
  expect(tables).toEqual(READ);
  await rm(folder, { recursive: true });
});
