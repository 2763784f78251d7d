import { afterEach, describe, expect, it } from 'vitest';
import { createGate } from '../test-support/gate.js';
import { failureOf } from '../test-support/failure-of.js';
import { endStores, startStores } from '../test-support/start-stores.js';
import { until } from '../test-support/until.js';
import { errorResponse, transcripts } from '../testing/index.js';
import type { ConversationState } from './state.js';

afterEach(endStores);

const contents = ({ messages }: ConversationState) => messages.map(({ content }) => content);
const STOPPED = 'One, two, สาม 🖐️';
const REASONED = '17 × 3 = **51**';

/** The open chat: a question and its reply, which was stopped. */
async function startChat() {
  const started = await startStores({ replies: [transcripts.stopped, transcripts.reasoning] });
  const { stores } = started;
  await stores.send('count');
  const [question, reply] = stores.$conversation.get().messages;
  const now = () => stores.$conversation.get();
  const ids = { question: question?.message_id ?? '', reply: reply?.message_id ?? '' };
  return { ...started, now, ids, chatId: now().chat?.chat_id ?? '' };
}

describe('continuing a reply', () => {
  it('asks for it to go on, and shows what comes as another version', async () => {
    const { stores, server, now, ids } = await startChat();
    const shown: string[][] = [];
    stores.$conversation.listen((state) => shown.push(contents(state)));
    await stores.continueReply(ids.reply);
    const post = server.requests.findLast(({ path, method }) => method + path === 'POST/chats');
    expect(post?.body).toMatchObject({ action: 'continue', message_id: ids.reply, message: '' });
    expect(shown[0]).toEqual(['count']);
    expect(contents(now())).toEqual(['count', REASONED]);
    expect(now().messages[1]).toMatchObject({ sibling_index: 1, sibling_count: 2 });
  });

  it('shows the reply again when that is refused', async () => {
    const { stores, faults, now, ids } = await startChat();
    faults.set('POST /chats', () => errorResponse('conflict'));
    expect((await failureOf(stores.continueReply(ids.reply))).code).toBe('conflict');
    expect(contents(now())).toEqual(['count', STOPPED]);
  });
});

describe('saying why one voted', () => {
  const WHY = { tags: ['wrong'], comment: 'There are four.' };

  it('shows at once, after the vote it explains, and goes out after it', async () => {
    const { stores, client, faults, now, ids } = await startChat();
    const order: string[] = [];
    faults.set('POST /chats/vote', async () => {
      // Long enough for whatever does not wait for the answer.
      await client.models.list();
      order.push('vote');
      return undefined;
    });
    faults.set('POST /chats/vote/details', () => {
      order.push('details');
      return undefined;
    });
    const voting = stores.vote(ids.reply, 'downvote');
    const explaining = stores.explainVote(ids.reply, WHY);
    expect(now().messages[1]).toMatchObject({ vote: 'downvote', vote_details: WHY });
    await Promise.all([voting, explaining]);
    expect(now().messages[1]).toMatchObject({ vote: 'downvote', vote_details: WHY });
    expect(order).toEqual(['vote', 'details']);
  });

  it('is taken back when it is refused, and forgotten with the vote', async () => {
    const { stores, faults, now, ids } = await startChat();
    await stores.vote(ids.reply, 'downvote');
    await stores.explainVote(ids.reply, WHY);
    faults.set('POST /chats/vote/details', () => errorResponse('internal'));
    const refused = stores.explainVote(ids.reply, { tags: [], comment: 'Other.' });
    expect(now().messages[1]?.vote_details?.comment).toBe('Other.');
    expect((await failureOf(refused)).code).toBe('internal');
    expect(now().messages[1]?.vote_details).toEqual(WHY);
    expect(now().error?.code).toBe('internal');
    await stores.vote(ids.reply, 'upvote');
    expect(now().messages[1]?.vote_details).toBeUndefined();
  });
});

describe('deleting a message', () => {
  it('takes the last one away at once, and for good', async () => {
    const { stores, client, now, ids, chatId } = await startChat();
    const deleting = stores.deleteMessage(ids.reply);
    expect(contents(now())).toEqual(['count']);
    await deleting;
    expect(contents(now())).toEqual(['count']);
    expect(now().chat?.active_message_id).toBe(ids.question);
    expect((await client.messages.list({ chat_id: chatId })).messages).toHaveLength(1);
    await stores.send('again');
    expect(contents(now())).toEqual(['count', 'again', REASONED]);
  });

  it('brings it back when the server refuses, and says why', async () => {
    const { stores, faults, now, ids, chatId } = await startChat();
    const call = `DELETE /chats/${chatId}/messages/`;
    faults.set(call + ids.reply, () => errorResponse('internal'));
    faults.set(call + ids.question, () => errorResponse('internal'));
    const before = now().messages;
    await failureOf(stores.deleteMessage(ids.reply));
    expect(now().messages).toEqual(before);
    const refused = stores.deleteMessage(ids.question);
    expect(contents(now())).toEqual(['', STOPPED]);
    expect((await failureOf(refused)).code).toBe('internal');
    expect(now().messages).toEqual(before);
    expect(now().error?.code).toBe('internal');
  });

  it('leaves an empty place where others follow', async () => {
    const { stores, now, ids } = await startChat();
    await stores.vote(ids.question, 'upvote');
    await stores.deleteMessage(ids.question);
    expect(now().messages[0]).toMatchObject({ content: '', vote: null });
    expect(now().messages[0]?.deleted_at).toBeDefined();
    expect(contents(now())).toEqual(['', STOPPED]);
    expect(now().messages[1]?.deleted_at).toBeUndefined();
  });

  it('shows the version beside it, which is the only one then', async () => {
    const { stores, now, ids } = await startChat();
    await stores.regenerate(ids.reply);
    expect(contents(now())).toEqual(['count', REASONED]);
    const second = now().messages[1]?.message_id ?? '';
    for (const id of [ids.reply, second]) await stores.chooseBranch(id);
    expect(now().messages[1]?.sibling_count).toBe(2);
    await stores.deleteMessage(second);
    expect(contents(now())).toEqual(['count', STOPPED]);
    expect(now().messages[1]).toMatchObject({ sibling_index: 0, sibling_count: 1 });
  });

  it('does not touch the chat that was opened meanwhile', async () => {
    const { stores, faults, now, ids, chatId } = await startChat();
    const gate = createGate();
    faults.set(`DELETE /chats/${chatId}/messages/${ids.reply}`, async () => {
      await gate.opened;
      return errorResponse('internal');
    });
    const refused = failureOf(stores.deleteMessage(ids.reply));
    stores.newChat();
    gate.open();
    await refused;
    expect(now()).toMatchObject({ chat: null, messages: [], error: null });
  });
});

describe('opening a chat at a message', () => {
  it('shows the branch it is on, however far back', async () => {
    const { stores, client, now, ids, chatId } = await startChat();
    await stores.editMessage(ids.question, 'count on');
    for (let turn = 0; turn < 60; turn += 1) {
      await client.chats.send({ chat_id: chatId, message: `turn ${String(turn)}` }).toText();
    }
    const first = now().messages[0]?.message_id ?? '';
    await stores.openChat(chatId, { messageId: first });
    expect(now()).toMatchObject({ status: 'ready', hasOlder: false });
    expect(contents(now()).slice(0, 3)).toEqual(['count on', REASONED, 'turn 0']);
    expect(now().messages).toHaveLength(122);
    await stores.openChat(chatId, { messageId: ids.reply });
    expect(contents(now())).toEqual(['count', STOPPED]);
  });

  it('changes nothing when the message is on show anyway', async () => {
    const { stores, server, now, ids, chatId } = await startChat();
    await stores.openChat(chatId, { messageId: ids.reply });
    expect(contents(now())).toEqual(['count', STOPPED]);
    expect(server.requests.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it('shows the chat, and says so, when the message is gone', async () => {
    const { stores, now, chatId } = await startChat();
    const gone = '00000000-0000-7000-8000-000000000000';
    const error = await failureOf(stores.openChat(chatId, { messageId: gone }));
    expect(error.code).toBe('not_found');
    expect(now()).toMatchObject({ status: 'ready', error });
    expect(contents(now())).toEqual(['count', STOPPED]);
  });
});

describe('archived chats', () => {
  async function startTwo(options = {}) {
    const started = await startStores({ replies: [transcripts.stopped] }, options);
    const { stores } = started;
    const ids: string[] = [];
    for (const text of ['one', 'two']) {
      stores.newChat();
      await stores.send(text);
      ids.push(stores.$conversation.get().chat?.chat_id ?? '');
    }
    const titles = () => stores.$chats.get().chats.map(({ chat_title }) => chat_title);
    return { ...started, titles, ids: { one: ids[0] ?? '', two: ids[1] ?? '' } };
  }

  it('are a list of their own, between which chats move', async () => {
    const { stores, titles, ids } = await startTwo();
    expect(stores.$chats.get().archived).toBe(false);
    await stores.archiveChat(ids.one, true);
    expect(titles()).toEqual(['two']);
    const loading = stores.loadChats('', { archived: true });
    expect(stores.$chats.get()).toMatchObject({ status: 'loading', archived: true, chats: [] });
    await loading;
    expect(titles()).toEqual(['one']);
    await stores.loadChats('tw', { archived: true });
    expect(titles()).toEqual([]);
    await stores.loadChats('', { archived: true });
    await stores.archiveChat(ids.one, false);
    expect(titles()).toEqual([]);
    await stores.loadChats();
    expect(titles()).toEqual(['two', 'one']);
  });

  it('come back into the list shown when moving them is refused', async () => {
    const { stores, faults, titles, ids } = await startTwo();
    faults.set(`PATCH /chats/${ids.one}`, () => errorResponse('internal'));
    const refused = stores.archiveChat(ids.one, true);
    expect(titles()).toEqual(['two']);
    await failureOf(refused);
    expect(titles()).toEqual(['two', 'one']);
  });

  it('are caught up with as archived ones', async () => {
    const { stores, client, titles, ids } = await startTwo({ pollIntervalMs: 5 });
    await stores.loadChats('', { archived: true });
    await client.chats.update(ids.two, { archived: true });
    await until(stores.$chats, ({ chats }) => chats.length > 0);
    expect(titles()).toEqual(['two']);
  });
});
