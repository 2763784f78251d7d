import type { Chat } from '../domain/chat.js';
import type { Message } from '../domain/message.js';
import type { User } from '../domain/user.js';
import type { MessageHit, MessageHits } from '../ports/message-storage.js';
import type { Storage } from '../ports/storage.js';
import {
  addChat,
  addUser,
  makeDeltas,
  makeEnding,
  makePreset,
  makeRegeneration,
  makeSend,
  makeSession,
  makeUsage,
  NODE,
  START,
  type MadeSend,
} from './storage-fixtures.js';

const LONG_CHAT_SENDS = 20;
const DAY_MS = 86_400_000;

/** What there is in a storage that has been used for a while: something of every kind. */
export interface Filled {
  users: User[];
  chatIds: string[];
  deletedChatId: string;
  messageIds: string[];
  sessionIds: string[];
  tree: { chat: Chat; leaf: Message };
}

/** Uses every part of an empty storage. */
export async function fillStorage(storage: Storage): Promise<Filled> {
  const anna = await addUser(storage, { username: 'Änna Ōsaka', email: 'anna@example.org' });
  const somchai = await addUser(storage, { username: 'สมชาย', email: 'somchai@example.org' });
  const sends: MadeSend[] = [];
  const open = async (owner: User, options?: Parameters<typeof addChat>[2]) => {
    const made = await addChat(storage, owner.id, options);
    sends.push(made);
    return made;
  };
  const sessionIds = await addSessions(storage, anna);
  for (let count = 0; count < 3; count++) await storage.createPreset(makePreset(somchai.id));

  const long = await open(anna, { chat: { title: 'A long one' }, key: 'first' });
  let leaf: Message = long.reply;
  for (let count = 0; count < LONG_CHAT_SENDS; count++) {
    const content = `question ${count} about ขนมปัง and "quotes" 😀`;
    const made = makeSend(long.chat.id, anna.id, leaf, {
      at: START + count,
      user: { content },
      key: `k${count}`,
    });
    await storage.recordSend(made.send);
    await finish(storage, made.reply, `answer ${count}`);
    sends.push(made);
    leaf = made.reply;
  }
  const tree = await open(somchai, { chat: { title: 'Tree' } });
  await finish(storage, tree.reply, 'one');
  const again = makeRegeneration(tree.user, { at: START + 5 });
  await storage.recordSend(again.send);
  await finish(storage, again.reply, 'two');
  await storage.castVote(somchai.id, again.reply.id, 'downvote');
  await storage.setVoteDetails(somchai.id, again.reply.id, { tags: ['wrong'], comment: 'no' });
  sends.push(again);

  const running = await open(anna, { key: 'running' });
  const events = makeDeltas(running.reply.id, 1, ['half ', 'said']);
  await storage.appendReplyEvents(
    [{ messageId: running.reply.id, nodeId: NODE, events }],
    START + 7,
  );
  const emptied = await open(anna, { user: { content: 'a secret' } });
  await finish(storage, emptied.reply, 'kept');
  await storage.deleteMessage(anna.id, emptied.user.id, START + 8);
  const pinned = await open(anna);
  await storage.updateChat(anna.id, pinned.chat.id, { pinned: true, archived: true });
  const deleted = await open(anna);
  await storage.deleteChat(anna.id, deleted.chat.id, START + 9);

  for (const { reply } of sends.slice(0, 3)) {
    const usage = makeUsage(reply.ownerId, { messageId: reply.id });
    await storage.recordUsage(usage);
    await storage.recordUsage({ ...usage, kind: 'title', createdAt: START + DAY_MS });
  }

  const chat = await storage.findChat(somchai.id, tree.chat.id);
  if (!chat) throw new Error('The chat just made is not there.');
  return {
    users: [anna, somchai],
    chatIds: [...new Set(sends.map(({ reply }) => reply.chatId))],
    deletedChatId: deleted.chat.id,
    messageIds: sends.flatMap(({ user, reply }) => [user.id, reply.id]),
    sessionIds,
    tree: { chat, leaf: again.reply },
  };
}

async function addSessions(storage: Storage, { id }: User): Promise<string[]> {
  const sessions = [makeSession(id), makeSession(id), makeSession(id)];
  for (const session of sessions) await storage.createSession(session);
  const [first, second] = sessions.map((session) => session.id);
  await storage.revokeSession(first ?? '', START);
  await storage.rotateSession({
    sessionId: second ?? '',
    expectedHash: sessions[1]?.tokenHash ?? '',
    nextHash: 'next',
    at: START + 3,
    expiresAt: START + 9_000,
  });
  return sessions.map((session) => session.id);
}

async function finish(storage: Storage, reply: Message, content: string): Promise<void> {
  const events = makeDeltas(reply.id, 1, [...content]);
  await storage.appendReplyEvents([{ messageId: reply.id, nodeId: NODE, events }], START + 1);
  const last = makeDeltas(reply.id, content.length + 1, ['.']);
  await storage.endReply(makeEnding(reply.id, { content: `${content}.`, events: last }));
}

/** All that the verbs tell of it. */
export async function tellAll(storage: Storage, filled: Filled) {
  const ofEach = <Result>(ids: string[], tell: (id: string, owner: string) => Promise<Result>) =>
    Promise.all(
      filled.users.flatMap((user) => ids.map(async (id) => [id, await tell(id, user.id)])),
    );
  const ofUsers = <Result>(tell: (user: User) => Promise<Result>) =>
    Promise.all(filled.users.map(tell));
  return {
    users: await ofUsers((user) => storage.findUser(user.id)),
    byEmail: await ofUsers((user) => storage.findUserByEmail(user.email.toUpperCase())),
    sessions: await ofEach(filled.sessionIds, (id) => storage.findSession(id)),
    presets: await ofUsers((user) => storage.listPresets(user.id, { limit: 50 })),
    usage: await ofUsers(async (user) => {
      const sums = await storage.sumUsage(user.id, { from: '2026-01-01', to: '2026-01-02' });
      return sums.map((sum) => JSON.stringify(Object.entries(sum).sort())).sort();
    }),
    chats: await ofUsers((user) => storage.listChats(user.id, { limit: 50, archived: false })),
    archived: await ofUsers((user) => storage.listChats(user.id, { limit: 50, archived: true })),
    titled: await ofUsers((user) =>
      storage.listChats(user.id, { limit: 50, archived: false, titleContains: 'LONG' }),
    ),
    messages: await ofEach(filled.messageIds, (id, owner) => storage.findMessage(owner, id)),
    leaves: await ofEach(filled.messageIds, (id, owner) => storage.findNewestLeaf(owner, id)),
    events: await ofEach(filled.messageIds, (id) => storage.listReplyEvents(id, 0, 100)),
    running: await ofEach(filled.chatIds, (id, owner) => storage.listRunningReplies(owner, id)),
    abandoned: await storage.listAbandonedReplies(START + 1_000_000, 50),
    sends: await ofUsers((user) => storage.findSend(user.id, 'k3', 'same')),
    found: await ofUsers((user) => searchAll(storage, user.id, 'ขนม')),
    deleted: await ofUsers((user) => storage.findChat(user.id, filled.deletedChatId)),
  };
}

/** Page after page: how much is in one depends on how fast the database is. */
async function searchAll(storage: Storage, ownerId: string, text: string): Promise<MessageHit[]> {
  const hits: MessageHit[] = [];
  let after: string | undefined;
  do {
    const page: MessageHits = await storage.searchMessages(ownerId, { text, limit: 50, after });
    hits.push(...page.hits);
    after = page.nextAfter ?? undefined;
  } while (after !== undefined);
  return hits;
}
