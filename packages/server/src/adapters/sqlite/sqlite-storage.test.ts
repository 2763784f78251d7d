import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeStorageContract } from '../../ports/storage-contract.js';
import {
  addChat,
  addUser,
  makeDeltas,
  makeEnding,
  makeUsage,
  NODE,
  START,
} from '../../test-support/storage-fixtures.js';
import { createSqliteStorage } from './sqlite-storage.js';

describeStorageContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-sqlite-'));
  const file = join(folder, 'chat-playground.sqlite');
  return {
    opener: { adapter: 'sqlite', file },
    open: (options) => createSqliteStorage({ file, ...options }),
    destroy: () => rm(folder, { recursive: true, force: true }),
  };
});

it('leaves nothing of a log behind when its message, its chat or its account is deleted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-logs-'));
  const file = join(folder, 'c.sqlite');
  const storage = await createSqliteStorage({ file });
  const { id: owner } = await addUser(storage);
  const first = await addChat(storage, owner);
  const second = await addChat(storage, owner);
  const leaver = await addUser(storage);
  const third = await addChat(storage, leaver.id);
  for (const { reply } of [first, second, third, first, second, third]) {
    const events = makeDeltas(reply.id, 1, ['x']);
    await storage.appendReplyEvents([{ messageId: reply.id, nodeId: NODE, events }], START);
  }
  const reader = new Database(file);
  const countChunks = () => reader.prepare('SELECT count(*) AS n FROM reply_chunks').get([]);
  expect(countChunks()).toMatchObject({ n: 6 });
  await storage.deleteMessage(owner, first.reply.id, START);
  expect(countChunks()).toMatchObject({ n: 4 });
  await storage.deleteChat(owner, second.chat.id, START);
  await storage.purgeChats(START + 1, 9);
  expect(countChunks()).toMatchObject({ n: 2 });
  await storage.deleteUser(leaver.id);
  expect(countChunks()).toMatchObject({ n: 0 });
  reader.close();
  await storage.close();
  await rm(folder, { recursive: true });
});

describe('opening a SQLite file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chat-playground-open-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const messageOf = async (file: string): Promise<string> => {
    const failure = await createSqliteStorage({ file }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'DomainError', code: 'storage_unavailable' });
    return String((failure as Error).message);
  };

  it('makes the folder', async () => {
    const handleUpdate = vi.fn();
    const file = join(folder, 'a/b/c.sqlite');
    const storage = await createSqliteStorage({ file, handleUpdate });
    expect(handleUpdate).not.toHaveBeenCalled();
    await expect(storage.ping()).resolves.toBeUndefined();
    await storage.close();
  });

  it('says which folder is not writable', async () => {
    await writeFile(join(folder, 'in-the-way'), '');
    const file = join(folder, 'in-the-way/c.sqlite');
    expect(await messageOf(file)).toBe(
      `Cannot open the database ${file}: the folder ${join(folder, 'in-the-way')} can't be written to; choose another.`,
    );
  });

  it('says that a file is damaged', async () => {
    const file = join(folder, 'c.sqlite');
    await writeFile(file, 'not a database, whatever its name says'.repeat(50));
    expect(await messageOf(file)).toContain('damaged or no SQLite database');
  });

  it('leaves a file of a newer version alone', async () => {
    const file = join(folder, 'c.sqlite');
    const newer = new Database(file);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    expect(await messageOf(file)).toContain('newer version of the server');
  });

  it('brings a file of the first version up with all that is in it, and makes it searchable', async () => {
    const file = join(folder, 'c.sqlite');
    const before = await createSqliteStorage({ file });
    const { id: owner } = await addUser(before);
    const { user, reply } = await addChat(before, owner, { user: { content: 'an old question' } });
    const other = await addChat(before, owner);
    const events = makeDeltas(reply.id, 1, [...'abc']);
    await before.close();
    const older = new Database(file);
    older.exec(`
      DROP TABLE message_search; DROP TABLE presets; DROP TABLE usage; DROP INDEX messages_of_owner;
      ALTER TABLE messages DROP COLUMN vote_details;
      ALTER TABLE messages DROP COLUMN deleted_at;
      CREATE TABLE old_replies AS
        SELECT message_id, chat_id, owner_id, node_id, heartbeat_at, ended_at FROM replies;
      DROP TABLE reply_chunks; DROP TABLE replies;
      ALTER TABLE old_replies RENAME TO replies;
      CREATE TABLE reply_chunks (message_id TEXT, last_seq INTEGER, events TEXT);
      PRAGMA user_version = 1`);
    const insert = older.prepare('INSERT INTO reply_chunks VALUES (?, ?, ?)');
    insert.run([reply.id, 3, JSON.stringify(events.slice(2))]);
    insert.run([other.reply.id, 1, JSON.stringify(makeDeltas(other.reply.id, 1, ['z']))]);
    insert.run([reply.id, 2, JSON.stringify(events.slice(0, 2))]);
    older.close();

    const after = await createSqliteStorage({ file });
    const { hits } = await after.searchMessages(owner, { text: 'old', limit: 9 });
    expect(hits.map(({ message }) => message.id)).toEqual([user.id]);
    expect(await after.findMessage(owner, reply.id)).toMatchObject({ ...reply, content: 'abc' });
    expect(await after.listReplyEvents(reply.id, 1, 9)).toEqual(events.slice(1));
    const more = makeDeltas(reply.id, 4, ['d']);
    await after.appendReplyEvents([{ messageId: reply.id, nodeId: NODE, events: more }], START);
    expect(await after.listReplyEvents(reply.id, 0, 9)).toEqual([...events, ...more]);
    expect(await after.findMessage(owner, other.reply.id)).toMatchObject({ content: 'z' });
    expect(await after.listPresets(owner, { limit: 9 })).toEqual([]);
    await after.close();
  });

  it("takes signs of others' out of an older index, and long messages into their own part", async () => {
    const file = join(folder, 'c.sqlite');
    const before = await createSqliteStorage({ file });
    const { id: owner } = await addUser(before);
    const { id: stranger } = await addUser(before);
    const long = `${'lorem ipsum '.repeat(500)} needle`;
    const { user } = await addChat(before, owner, { user: { content: long } });
    const signs = '\u{f0000}\u{f0000}\u{f0001}';
    const { user: poison } = await addChat(before, stranger, {
      user: { content: `${signs} word` },
    });
    await before.close();
    const older = new Database(file);
    older.exec(`
      DROP TABLE message_search_long;
      DELETE FROM message_search;
      PRAGMA user_version = 5`);
    const insert = older.prepare('INSERT INTO message_search (rowid, terms) VALUES (?, ?)');
    for (const { id, content } of [{ id: user.id, content: long }, poison]) {
      const row = older.prepare('SELECT row_id FROM messages WHERE id = ?').get([id]) as {
        row_id: number;
      };
      insert.run([row.row_id, content]);
    }
    older.close();

    const after = await createSqliteStorage({ file });
    const find = async (of: string, text: string) =>
      (await after.searchMessages(of, { text, limit: 9 })).hits.map(({ message }) => message.id);
    expect(await find(owner, 'needle')).toEqual([user.id]);
    expect(await find(stranger, 'word')).toEqual([poison.id]);
    await after.close();
    const newer = new Database(file);
    const count = (table: string, match: string) =>
      newer.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${table} MATCH ?`).get([match]);
    expect(count('message_search', signs)).toMatchObject({ n: 0 });
    expect(count('message_search', 'lorem')).toMatchObject({ n: 0 });
    expect(count('message_search_long', 'lor')).toMatchObject({ n: 1 });
    newer.close();
  });

  it('knows what replies have cost that ended before it was recorded', async () => {
    const file = join(folder, 'c.sqlite');
    const before = await createSqliteStorage({ file });
    const { id: owner } = await addUser(before);
    const ended = await addChat(before, owner);
    await before.endReply(makeEnding(ended.reply.id));
    const stopped = await addChat(before, owner);
    await before.endReply(makeEnding(stopped.reply.id, { status: 'stopped' }));
    await before.deleteChat(owner, stopped.chat.id, START);
    const failed = await addChat(before, owner);
    await before.endReply(makeEnding(failed.reply.id, { status: 'error', metrics: null }));
    await addChat(before, owner);
    await before.close();
    const older = new Database(file);
    older.exec('DROP TABLE usage; PRAGMA user_version = 3');
    older.close();

    const handleUpdate = vi.fn();
    const after = await createSqliteStorage({ file, handleUpdate });
    expect(handleUpdate).toHaveBeenCalledOnce();
    const days = { from: '2026-01-01', to: '2026-01-01' };
    const cost = { day: '2026-01-01', promptTokens: 6, completionTokens: 4 };
    expect(await after.sumUsage(owner, days)).toEqual([
      { model: 'demo/echo', kind: 'reply', count: 2, ...cost },
    ]);
    // The same reply is not counted twice when it is told of again.
    await after.recordUsage(makeUsage(owner, { messageId: ended.reply.id }));
    expect(await after.sumUsage(owner, days)).toMatchObject([{ count: 2, promptTokens: 6 }]);
    await after.close();
  });

  it('says that another program holds the file', { timeout: 15_000 }, async () => {
    const file = join(folder, 'c.sqlite');
    await (await createSqliteStorage({ file })).close();
    const holder = new Database(file);
    holder.exec('BEGIN EXCLUSIVE');
    expect(await messageOf(file)).toContain('another program holds it');
    holder.exec('ROLLBACK');
    holder.close();
    const storage = await createSqliteStorage({ file });
    await expect(addUser(storage)).resolves.toMatchObject({ createdAt: expect.any(Number) });
    await storage.close();
  });
});
