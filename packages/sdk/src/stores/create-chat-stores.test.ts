import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createGate } from '../test-support/gate.js';
import { failureOf } from '../test-support/failure-of.js';
import { endStores, startStores as start } from '../test-support/start-stores.js';
import { until } from '../test-support/until.js';
import { errorResponse, transcripts } from '../testing/index.js';
import { createChatStores } from './create-chat-stores.js';
import type { ConversationState } from './state.js';

afterEach(endStores);

const contents = ({ messages }: ConversationState) => messages.map(({ content }) => content);
const isWriting = ({ partial }: ConversationState) => partial !== null && partial.content !== '';

describe('start', () => {
  it('shows the form when nobody is signed in, and loads all when someone is', async () => {
    const { stores } = await start({}, { signIn: false });
    expect(stores.$session.get()).toEqual({ status: 'signed-out', user: null });
    expect(stores.$models.get().status).toBe('idle');
    await stores.signIn({ email: 'replay@example.com', password: 'x' });
    expect(stores.$session.get().status).toBe('signed-in');
    await until(stores.$models, ({ status }) => status === 'ready');
    await until(stores.$chats, ({ status }) => status === 'ready');
  });

  it('restores a kept session with all it has', async () => {
    const { stores, client } = await start();
    await stores.send('first');
    const again = createChatStores(client, { parametersStorage: null });
    expect(again.$session.get().status).toBe('restoring');
    await again.start();
    onTestFinished(() => again.stop());
    expect(again.$session.get().user?.username).toBe('replay');
    expect(again.$chats.get().chats).toHaveLength(1);
    expect(again.$models.get().models).toHaveLength(1);
  });

  it('can be stopped and started again, as frameworks do in development', async () => {
    const { stores } = await start();
    await stores.send('first');
    stores.stop();
    expect(stores.$connection.get()).toBe('idle');
    await stores.start();
    expect(stores.$session.get().status).toBe('signed-in');
    expect(stores.$chats.get().chats).toHaveLength(1);
    expect(stores.$connection.get()).not.toBe('idle');
  });

  it('signs out when the kept session has been revoked meanwhile', async () => {
    const { client, server } = await start();
    server.revokeSession();
    const again = createChatStores(client, { parametersStorage: null });
    await again.start();
    onTestFinished(() => again.stop());
    expect(again.$session.get().status).toBe('signed-out');
  });

  it('leaves nothing of one user for the next', async () => {
    const { stores } = await start();
    await stores.send('secret');
    await stores.signOut();
    expect(stores.$session.get().status).toBe('signed-out');
    expect(stores.$chats.get().chats).toEqual([]);
    expect(stores.$conversation.get().messages).toEqual([]);
    expect(stores.$connection.get()).toBe('idle');
  });

  it('says why models or chats could not be loaded, and can be asked again', async () => {
    const { stores, faults } = await start({}, { signIn: false });
    faults.set('GET /models', () => errorResponse('storage_unavailable'));
    await stores.signIn({ email: 'replay@example.com', password: 'x' });
    const failed = await until(stores.$models, ({ status }) => status === 'error');
    expect(failed.error?.code).toBe('storage_unavailable');
    faults.clear();
    await stores.loadModels();
    expect(stores.$models.get()).toMatchObject({ status: 'ready', error: null });
  });
});

describe('send', () => {
  it('shows the message at once, then the reply growing, then both as the server has them', async () => {
    const seen: string[] = [];
    const { stores } = await start();
    stores.$conversation.listen(({ sending, partial }) => {
      seen.push(sending ? 'sending' : partial ? 'partial' : 'done');
    });
    await stores.send('hello');
    expect(seen[0]).toBe('sending');
    expect(seen.filter((state) => state === 'partial').length).toBeGreaterThan(5);
    expect(seen.at(-1)).toBe('done');
    const { messages, chat, error } = stores.$conversation.get();
    expect(messages.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ]);
    expect(messages[1]?.metrics?.completion_tokens).toBe(57);
    expect(messages[1]?.parameters?.top_p?.outcome).toBe('clamped');
    expect(error).toBeNull();
    expect(stores.$chats.get().chats[0]?.chat_id).toBe(chat?.chat_id);
  });

  it('takes the message back when the server refuses it, and says why', async () => {
    const { stores, faults } = await start();
    faults.set('POST /chats', () =>
      errorResponse('rate_limited', 'slow down', { 'retry-after': '9' }),
    );
    const error = await failureOf(stores.send('hello'));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 9000 });
    expect(stores.$conversation.get()).toMatchObject({ sending: null, messages: [], error });
    faults.clear();
    await stores.send('hello');
    expect(stores.$conversation.get().error).toBeNull();
  });

  it('keeps what came of a reply that failed, and does not reject for it', async () => {
    const { stores } = await start({ replies: [transcripts.error] });
    await stores.send('hello');
    expect(stores.$conversation.get().messages[1]).toMatchObject({
      status: 'error',
      content: 'The first half arrives, ครึ่งหลังไม่มา',
      error: { code: 'provider_rate_limited', retry_after: 20 },
    });
  });

  it('shows thoughts apart from the answer', async () => {
    const { stores } = await start({ replies: [transcripts.reasoning] });
    await stores.send('17 × 3?');
    expect(stores.$conversation.get().messages[1]).toMatchObject({
      content: '17 × 3 = **51**',
      reasoning: 'The user asks for 17 × 3. ลองคูณดู: 17 + 17 + 17 = 51 ✅',
    });
  });

  it('stops a reply and keeps what was written', async () => {
    const gate = createGate();
    const { stores, client } = await start({
      beforeEvent: ({ seq }) => (seq > 3 ? gate.opened : undefined),
    });
    const sending = stores.send('hello');
    await until(stores.$conversation, isWriting);
    await stores.stopReply();
    gate.open();
    await sending;
    const written = { status: 'stopped', content: 'Here is a **function** that says hello:\n\n' };
    expect(stores.$conversation.get().messages[1]).toMatchObject(written);
    const { chat_id = '' } = stores.$conversation.get().chat ?? {};
    const reloaded = await client.messages.list({ chat_id });
    expect(reloaded.messages[1]).toMatchObject(written);
  });

  it('goes on without its reader, who finds it again on coming back', async () => {
    const gate = createGate();
    const { stores, server } = await start({
      beforeEvent: ({ seq }) => (seq > 3 ? gate.opened : undefined),
    });
    const sending = stores.send('hello');
    await until(stores.$conversation, isWriting);
    const chatId = stores.$conversation.get().chat?.chat_id ?? '';
    stores.newChat();
    await sending;
    expect(stores.$conversation.get()).toMatchObject({ chat: null, messages: [], partial: null });
    await stores.openChat(chatId);
    await until(stores.$conversation, isWriting);
    expect(server.requests.some(({ path }) => path === '/chats/stop')).toBe(false);
    gate.open();
    const done = await until(stores.$conversation, ({ partial }) => partial === null);
    expect(done.messages[1]?.status).toBe('complete');
  });

  it('does not pull back whoever opened another chat before the message was taken', async () => {
    const gate = createGate();
    const { stores, faults } = await start();
    faults.set('POST /chats', async () => {
      await gate.opened;
      return undefined;
    });
    const sending = stores.send('hello');
    stores.newChat();
    gate.open();
    await sending;
    expect(stores.$conversation.get()).toMatchObject({ chat: null, messages: [], sending: null });
    // It was sent all the same.
    expect(stores.$chats.get().chats.map(({ chat_title }) => chat_title)).toEqual(['hello']);
  });
});

describe('branches', () => {
  it('shows an edit in the place of what it replaces, and the way back', async () => {
    const { stores } = await start({ replies: [transcripts.stopped, transcripts.reasoning] });
    await stores.send('first');
    const [question] = stores.$conversation.get().messages;
    const shown: string[][] = [];
    stores.$conversation.listen((state) => shown.push(contents(state)));
    await stores.editMessage(question?.message_id ?? '', 'second');
    expect(shown[0]).toEqual([]);
    expect(contents(stores.$conversation.get())).toEqual(['second', '17 × 3 = **51**']);
    expect(stores.$conversation.get().messages[0]).toMatchObject({
      sibling_index: 1,
      sibling_count: 2,
    });
    await stores.chooseBranch(question?.message_id ?? '');
    expect(contents(stores.$conversation.get())).toEqual(['first', 'One, two, สาม 🖐️']);
    expect(stores.$conversation.get().messages[0]).toMatchObject({
      sibling_index: 0,
      sibling_count: 2,
    });
  });

  it('regenerates a reply beside the old one, and shows the old one again when that fails', async () => {
    const { stores, faults } = await start({
      replies: [transcripts.stopped, transcripts.reasoning],
    });
    await stores.send('first');
    const before = contents(stores.$conversation.get());
    const reply = stores.$conversation.get().messages[1]?.message_id ?? '';
    faults.set('POST /chats', () => errorResponse('provider_unavailable'));
    await failureOf(stores.regenerate(reply));
    expect(contents(stores.$conversation.get())).toEqual(before);
    faults.clear();
    await stores.regenerate(reply);
    expect(contents(stores.$conversation.get())).toEqual(['first', '17 × 3 = **51**']);
  });
});

describe('votes', () => {
  it('shows a vote before it is taken, and takes it back when it is refused', async () => {
    const { stores, faults } = await start();
    await stores.send('hello');
    const id = stores.$conversation.get().messages[1]?.message_id ?? '';
    const voteNow = () => stores.$conversation.get().messages[1]?.vote;
    const voting = stores.vote(id, 'upvote');
    expect(voteNow()).toBe('upvote');
    await voting;
    faults.set('POST /chats/vote', () => errorResponse('not_found'));
    const refused = stores.vote(id, 'downvote');
    expect(voteNow()).toBe('downvote');
    expect((await failureOf(refused)).code).toBe('not_found');
    expect(voteNow()).toBe('upvote');
    expect(stores.$conversation.get().error?.code).toBe('not_found');
  });

  it('ends where the clicks lead, however fast they come', async () => {
    const { stores } = await start();
    await stores.send('hello');
    const id = stores.$conversation.get().messages[1]?.message_id ?? '';
    const shown = new Set<string | null | undefined>();
    const clicks = [
      stores.vote(id, 'upvote'),
      stores.vote(id, 'downvote'),
      stores.vote(id, 'downvote'),
    ];
    stores.$conversation.listen(({ messages }) => shown.add(messages[1]?.vote));
    await Promise.all(clicks);
    expect(stores.$conversation.get().messages[1]?.vote).toBeNull();
    expect([...shown]).toEqual([null]);
  });
});

describe('the list of chats', () => {
  it('shows a new title at once in list and chat, and the old one when it is refused', async () => {
    const { stores, faults } = await start();
    await stores.send('hello');
    const id = stores.$conversation.get().chat?.chat_id ?? '';
    const titles = () => [
      stores.$chats.get().chats[0]?.chat_title,
      stores.$conversation.get().chat?.chat_title,
    ];
    const renaming = stores.renameChat(id, 'greeting');
    expect(titles()).toEqual(['greeting', 'greeting']);
    await renaming;
    faults.set(`PATCH /chats/${id}`, () => errorResponse('internal'));
    const refused = stores.renameChat(id, 'other');
    expect(titles()).toEqual(['other', 'other']);
    await failureOf(refused);
    expect(titles()).toEqual(['greeting', 'greeting']);
    expect(stores.$chats.get().error?.code).toBe('internal');
  });

  it('puts pinned chats first and takes archived ones out', async () => {
    const { stores } = await start();
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      stores.newChat();
      await stores.send(text);
      ids.push(stores.$conversation.get().chat?.chat_id ?? '');
    }
    const titles = () => stores.$chats.get().chats.map(({ chat_title }) => chat_title);
    expect(titles()).toEqual(['three', 'two', 'one']);
    await stores.pinChat(ids[0] ?? '', true);
    expect(titles()).toEqual(['one', 'three', 'two']);
    await stores.archiveChat(ids[2] ?? '', true);
    expect(titles()).toEqual(['one', 'two']);
  });

  it('deletes at once, closes the chat, and brings both back', async () => {
    const { stores } = await start();
    await stores.send('hello');
    const id = stores.$conversation.get().chat?.chat_id ?? '';
    const deleting = stores.deleteChat(id);
    expect(stores.$chats.get().chats).toEqual([]);
    expect(stores.$conversation.get().chat).toBeNull();
    expect(await deleting).toBeGreaterThan(Date.now());
    await stores.loadChats();
    await stores.undoDelete(id);
    expect(stores.$chats.get().chats).toHaveLength(1);
    expect(contents(stores.$conversation.get())).toHaveLength(2);
  });

  it('brings a chat back whose deletion was refused', async () => {
    const { stores, faults } = await start();
    await stores.send('hello');
    const id = stores.$conversation.get().chat?.chat_id ?? '';
    faults.set('POST /chats/delete', () => errorResponse('internal'));
    await failureOf(stores.deleteChat(id));
    expect(stores.$chats.get().chats).toHaveLength(1);
    expect(contents(stores.$conversation.get())).toHaveLength(2);
  });

  it('shows the answer to the latest search only', async () => {
    const gate = createGate();
    const { stores, faults } = await start();
    for (const text of ['apples', 'bananas']) {
      stores.newChat();
      await stores.send(text);
    }
    faults.set('GET /chats?q=appl', async () => {
      faults.clear();
      await gate.opened;
      return errorResponse('internal');
    });
    const slow = stores.loadChats('appl');
    await stores.loadChats('banan');
    gate.open();
    await slow;
    expect(stores.$chats.get()).toMatchObject({ status: 'ready', query: 'banan', error: null });
    expect(stores.$chats.get().chats.map(({ chat_title }) => chat_title)).toEqual(['bananas']);
  });
});

describe('long conversations', () => {
  it('loads older messages until the beginning, each once', async () => {
    const { stores, client } = await start({ replies: [transcripts.stopped] });
    let chat_id: string | undefined;
    for (let turn = 0; turn < 60; turn += 1) {
      const sent = client.chats.send({ ...(chat_id && { chat_id }), message: `turn ${turn}` });
      await sent.toText();
      chat_id = (await sent.accepted).chat_id;
    }
    await stores.openChat(chat_id ?? '');
    expect(stores.$conversation.get()).toMatchObject({ hasOlder: true });
    const sizes = [stores.$conversation.get().messages.length];
    while (stores.$conversation.get().hasOlder) {
      await stores.loadOlderMessages();
      sizes.push(stores.$conversation.get().messages.length);
    }
    expect(sizes).toEqual([50, 100, 120]);
    expect(stores.$conversation.get().messages[0]?.content).toBe('turn 0');
  });

  it('says when a chat cannot be opened, and stays usable', async () => {
    const { stores } = await start();
    const error = await failureOf(stores.openChat('00000000-0000-7000-8000-000000000000'));
    expect(error.code).toBe('not_found');
    expect(stores.$conversation.get()).toMatchObject({ status: 'error', error });
    stores.newChat();
    await stores.send('hello');
    expect(contents(stores.$conversation.get())).toHaveLength(2);
  });
});

describe('without a live connection', () => {
  it('asks now and then, and so learns what happened elsewhere', async () => {
    const { stores, client } = await start({}, { pollIntervalMs: 5 });
    await client.chats.send({ message: 'from another tab' }).toText();
    const { chats } = await until(stores.$chats, (state) => state.chats.length === 1);
    await stores.openChat(chats[0]?.chat_id ?? '');
    await client.chats.send({ chat_id: chats[0]?.chat_id, message: 'more' }).toText();
    const done = await until(
      stores.$conversation,
      ({ messages, partial }) => messages.length === 4 && partial === null,
    );
    expect(done.messages[2]?.content).toBe('more');
    // Asking works, so nobody needs to be told that the socket does not.
    expect(await until(stores.$connection, (status) => status === 'online')).toBe('online');
  });

  it('is offline while the server cannot be reached either, and catches up afterwards', async () => {
    const { stores, client, faults } = await start({}, { pollIntervalMs: 5 });
    const { chat_id } = await client.chats.send({ message: 'one' }).accepted;
    await stores.openChat(chat_id);
    faults.set('GET /chats', () => Promise.reject(new TypeError('no network')));
    await until(stores.$connection, (status) => status === 'offline');
    await client.chats.delete(chat_id);
    faults.clear();
    await until(stores.$connection, (status) => status === 'online');
    await until(stores.$chats, ({ chats }) => chats.length === 0);
    expect((await until(stores.$conversation, ({ chat }) => chat === null)).messages).toEqual([]);
  });
});

describe('parameters', () => {
  const createStorage = (text: string | null) => {
    const entries = new Map<string, string>();
    if (text !== null) entries.set('cp:parameters', text);
    return {
      getItem: (key: string) => entries.get(key) ?? null,
      setItem: (key: string, value: string) => void entries.set(key, value),
    };
  };

  it('are sent with the next message and kept for the next visit', async () => {
    const parametersStorage = createStorage(null);
    const { stores, server } = await start({}, { parametersStorage });
    stores.setParameters({ temperature: 0.4, top_p: 0.9, model: 'replay/transcript' });
    stores.resetParameter('top_p');
    await stores.send('hello');
    const post = server.requests.find(({ method, path }) => method === 'POST' && path === '/chats');
    expect(post?.body).toMatchObject({
      parameters: { temperature: 0.4, model: 'replay/transcript' },
    });
    const again = await start({}, { parametersStorage });
    expect(again.stores.$parameters.get()).toEqual({
      temperature: 0.4,
      model: 'replay/transcript',
    });
  });

  it('fall back to the default model when theirs is gone', async () => {
    const parametersStorage = createStorage('{"model":"gone/model","temperature":1}');
    const { stores } = await start({}, { parametersStorage });
    expect(stores.$parameters.get()).toEqual({ temperature: 1 });
  });

  it.each(['nonsense', '[]', 'null', '{"temperature":"hot","stop":"x","seed":null,"other":1}'])(
    'ignore %s in the storage',
    async (text) => {
      const { stores } = await start({}, { parametersStorage: createStorage(text), signIn: false });
      expect(stores.$parameters.get()).toEqual({});
    },
  );
});
