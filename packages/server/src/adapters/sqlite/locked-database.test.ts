import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../ports/storage.js';
import {
  addChat,
  addUser,
  makeDeltas,
  makeEnding,
  makeSend,
  makeUsage,
  newId,
  NODE,
  START,
} from '../../test-support/storage-fixtures.js';
import { holdDataFolder } from './hold-data-folder.js';
import { createSqliteStorage } from './sqlite-storage.js';

const unavailable = { code: 'storage_unavailable' };

let folder: string;
let file: string;
let storage: Storage;
let other: Database.Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chat-playground-locked-'));
  file = join(folder, 'c.sqlite');
  storage = await createSqliteStorage({ file });
  other = new Database(file);
});
afterEach(async () => {
  other.close();
  await storage.close();
  await rm(folder, { recursive: true });
});

type Made = Awaited<ReturnType<typeof prepare>>;
async function prepare() {
  const { id: owner } = await addUser(storage);
  const made = await addChat(storage, owner);
  const ended = await addChat(storage, owner);
  await storage.endReply(makeEnding(ended.reply.id));
  return { owner, ...made, ended };
}

/** Every verb that writes, once, so that what it does shows. */
const WRITES: Record<string, (made: Made) => Promise<unknown>> = {
  createUser: () => addUser(storage),
  updatePasswordHash: ({ owner }) => storage.updatePasswordHash(owner, 'other'),
  updateChat: ({ owner, chat }) => storage.updateChat(owner, chat.id, { pinned: true }),
  setFirstTitle: ({ owner, chat }) => storage.setFirstTitle(owner, chat.id, 'Title'),
  deleteChat: ({ owner, chat }) => storage.deleteChat(owner, chat.id, START),
  restoreChat: ({ owner, chat }) => storage.restoreChat(owner, chat.id, 0),
  purgeChats: () => storage.purgeChats(START, 9),
  recordSend: ({ owner, ended }) =>
    storage.recordSend(makeSend(ended.chat.id, owner, ended.reply).send),
  deleteMessage: ({ owner, ended }) => storage.deleteMessage(owner, ended.reply.id, START),
  castVote: ({ owner, ended }) => storage.castVote(owner, ended.reply.id, 'upvote'),
  setVoteDetails: ({ owner, ended }) =>
    storage.setVoteDetails(owner, ended.reply.id, { tags: [], comment: '' }),
  appendReplyEvents: ({ reply }) =>
    storage.appendReplyEvents(
      [{ messageId: reply.id, nodeId: NODE, events: makeDeltas(reply.id, 1, ['x']) }],
      START,
    ),
  beatReplies: ({ reply }) => storage.beatReplies(NODE, [reply.id], START),
  endReply: ({ reply }) => storage.endReply(makeEnding(reply.id)),
  purgeReplyEvents: () => storage.purgeReplyEvents(START + 1e9, 9),
  recordUsage: ({ owner, reply }) => storage.recordUsage(makeUsage(owner, { messageId: reply.id })),
  createPreset: ({ owner }) =>
    storage.createPreset({
      id: newId(),
      ownerId: owner,
      name: 'p',
      parameters: {},
      createdAt: START,
      updatedAt: START,
      version: 1,
    }),
  ping: () => storage.ping(),
  deleteUser: ({ owner }) => storage.deleteUser(owner),
};

describe('while another program holds the write lock', () => {
  it.each(Object.keys(WRITES))('%s waits for its end, and writes', async (name) => {
    const made = await prepare();
    other.exec('BEGIN IMMEDIATE');
    const writing = WRITES[name]?.(made);
    let isDone = false;
    void writing?.finally(() => (isDone = true)).catch(() => undefined);
    // The event loop goes on, and so do reads.
    await delay(20);
    expect(isDone).toBe(false);
    expect(await storage.findUser(made.owner)).toMatchObject({ id: made.owner });
    other.exec('ROLLBACK');
    await writing;
    await expect(storage.ping()).resolves.toBeUndefined();
  });

  it('gives up after a while, and the very next write works and is seen from outside', async () => {
    const made = await prepare();
    other.exec('BEGIN IMMEDIATE');
    const refused = await Promise.allSettled([
      storage.updateChat(made.owner, made.chat.id, { pinned: true }),
      storage.castVote(made.owner, made.ended.reply.id, 'upvote'),
      storage.ping(),
      addUser(storage),
    ]);
    for (const one of refused) expect(one).toMatchObject({ reason: unavailable });
    other.exec('ROLLBACK');
    const user = await addUser(storage);
    const { chat } = await addChat(storage, user.id);
    const seen = (table: string, id: string) =>
      other.prepare(`SELECT count(*) AS n FROM ${table} WHERE id = ?`).get([id]);
    expect(seen('users', user.id)).toMatchObject({ n: 1 });
    expect(seen('chats', chat.id)).toMatchObject({ n: 1 });
    await expect(storage.ping()).resolves.toBeUndefined();
  });
});

describe('a file that is moved away', () => {
  it('refuses what would be lost, and works once it is back', async () => {
    const made = await prepare();
    await rename(file, `${file}.away`);
    await delay(1_001);
    await expect(storage.ping()).rejects.toMatchObject(unavailable);
    await expect(addUser(storage)).rejects.toMatchObject(unavailable);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(`${file}.away`, file);
    expect(await storage.findChat(made.owner, made.chat.id)).not.toBeNull();
    await expect(storage.ping()).resolves.toBeUndefined();
  });
});

it('keeps what it writes from all others on the machine', async () => {
  await prepare();
  for (const companion of ['', '-wal', '-shm']) {
    expect((await stat(file + companion)).mode & 0o777).toBe(0o600);
  }
});

it('lets one server in a data folder, and the next when that one has gone', () => {
  const letGo = holdDataFolder(file);
  expect(() => holdDataFolder(file)).toThrow(/Another server is using the data folder/);
  letGo();
  holdDataFolder(file)();
});
