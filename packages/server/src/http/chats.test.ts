import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';
import { UNDO_WINDOW_MS } from '../use-cases/delete-chat.js';
import { purgeDeletedChats } from '../use-cases/purge.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  client = await server.signUp();
});
afterAll(() => server.stop());

async function allPages<Row>(
  page: (cursor?: string) => Promise<{ rows: Row[]; next_cursor: string | null }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { rows: more, next_cursor } = await page(cursor);
    rows.push(...more);
    cursor = next_cursor;
  }
  return rows;
}

const chatIds = (query: object = {}) =>
  allPages(async (cursor) => {
    const page = await client.call('listChats', { query: { limit: 2, cursor, ...query } });
    expect(page.chats.length).toBeLessThanOrEqual(2);
    return { rows: page.chats.map(({ chat_id }) => chat_id), next_cursor: page.next_cursor };
  });

describe('chats', () => {
  it('are listed in pages, pinned first, then newest first', async () => {
    const ids: string[] = [];
    for (const message of ['a', 'b', 'c', 'd', 'e']) {
      ids.push((await client.chat(message)).chat_id);
      server.advanceClock(1);
    }
    const [first = '', second = ''] = ids;
    await client.call('updateChat', { params: { chat_id: second }, body: { pinned: true } });
    await client.chat('again', { chat_id: first });
    expect(await chatIds()).toEqual([second, first, ids[4], ids[3], ids[2]]);
  });

  it('leave no gap and no repeat in pages when others come in between', async () => {
    const ids = [];
    for (const message of ['a', 'b', 'c', 'd']) {
      ids.push((await client.chat(message)).chat_id);
      server.advanceClock(1);
    }
    const first = await client.call('listChats', { query: { limit: 2 } });
    await client.chat('a newcomer');
    const cursor = first.next_cursor ?? '';
    const second = await client.call('listChats', { query: { limit: 2, cursor } });
    expect([...first.chats, ...second.chats].map(({ chat_id }) => chat_id)).toEqual(ids.reverse());
    expect(second.next_cursor).toBeNull();
  });

  it('can be renamed, pinned and archived, and found by their title', async () => {
    const { chat_id } = await client.chat('hello');
    const other = await client.chat('hello');
    const update = (body: object) => client.call('updateChat', { params: { chat_id }, body });
    expect(await update({ chat_title: '  ต้มยำกุ้ง 100%  ' })).toMatchObject({
      chat_title: 'ต้มยำกุ้ง 100%',
    });
    expect(await chatIds({ q: 'ยำกุ้ง' })).toEqual([chat_id]);
    expect(await chatIds({ q: '100%' })).toEqual([chat_id]);
    expect(await update({ archived: true })).toMatchObject({ archived: true });
    expect(await chatIds()).toEqual([other.chat_id]);
    expect(await chatIds({ archived: 'true' })).toEqual([chat_id]);
    const nothing = await client.request('updateChat', { params: { chat_id }, body: {} });
    expect(nothing).toMatchObject({ status: 400, body: { details: [{ field: 'body' }] } });
  });

  it('come back whole when a deletion is undone in time', async () => {
    const { chat_id } = await client.chat('hello');
    const before = await client.call('getChat', { params: { chat_id } });
    const deleted = await client.call('deleteChat', { body: { chat_id } });
    const leftMs = Date.parse(deleted.undo_until) - Date.now();
    expect(leftMs).toBeGreaterThan(0);
    expect(await client.request('getChat', { params: { chat_id } })).toMatchObject({ status: 404 });
    expect(await chatIds()).toEqual([]);
    await purgeDeletedChats(server);
    const restored = await client.call('restoreChat', { body: { chat_id } });
    expect(restored).toEqual({ ...before, version: expect.any(Number) });
    const { messages } = await client.call('listMessages', { query: { chat_id } });
    expect(messages.map(({ content }) => content)).toEqual(['hello', 'hello']);
  });

  it('are gone for good when it is too late', async () => {
    const { chat_id } = await client.chat('hello');
    await client.call('deleteChat', { body: { chat_id } });
    server.advanceClock(UNDO_WINDOW_MS + 1);
    const late = await client.request('restoreChat', { body: { chat_id } });
    expect(late).toMatchObject({ status: 409, body: { code: 'undo_expired' } });
    server.advanceClock(UNDO_WINDOW_MS);
    expect(await purgeDeletedChats(server)).toBeGreaterThan(0);
    const purged = await client.request('restoreChat', { body: { chat_id } });
    expect(purged).toMatchObject({ status: 404 });
  });
});

describe('messages', () => {
  it('come in pages from the newest back, oldest first within each', async () => {
    const { chat_id } = await client.chat('1');
    for (const message of ['2', '3', '4']) await client.chat(message, { chat_id });
    const pages: string[][] = [];
    await allPages(async (cursor) => {
      const page = await client.call('listMessages', { query: { chat_id, limit: 3, cursor } });
      pages.push(page.messages.map(({ content }) => content));
      return { rows: page.messages, next_cursor: page.next_cursor };
    });
    expect(pages).toEqual([
      ['3', '4', '4'],
      ['2', '2', '3'],
      ['1', '1'],
    ]);
    const same = await client.call('listMessagesOfChat', {
      params: { chat_id },
      query: { limit: 3 },
    });
    expect(same.messages.map(({ content }) => content)).toEqual(pages[0]);
  });

  it('keep their pages when a branch is added in between', async () => {
    const { chat_id } = await client.chat('1');
    const { message_id } = await client.chat('2', { chat_id });
    const first = await client.call('listMessages', { query: { chat_id, limit: 2 } });
    await client.chat('2, edited', { chat_id, message_id });
    const cursor = first.next_cursor ?? '';
    const second = await client.call('listMessages', { query: { chat_id, limit: 2, cursor } });
    const contents = [...second.messages, ...first.messages].map(({ content }) => content);
    expect(contents).toEqual(['1', '1', '2', '2']);
  });

  it('keep what an edit replaces, one branch beside the other', async () => {
    const { chat_id, message_id } = await client.chat('first');
    await client.chat('edited', { chat_id, message_id });
    const shown = async () => {
      const { messages } = await client.call('listMessages', { query: { chat_id } });
      return messages.map(({ content }) => content);
    };
    expect(await shown()).toEqual(['edited', 'edited']);
    const { messages } = await client.call('listMessages', { query: { chat_id } });
    expect(messages[0]).toMatchObject({
      sibling_index: 1,
      sibling_count: 2,
      previous_sibling_id: message_id,
    });
    await client.call('chooseBranch', { params: { chat_id }, body: { message_id } });
    expect(await shown()).toEqual(['first', 'first']);
  });
});

describe('a vote', () => {
  it('changes to the other and is taken back by itself', async () => {
    const { chat_id, reply } = await client.chat('hello');
    const { message_id } = reply;
    const cast = async (vote: 'upvote' | 'downvote') =>
      (await client.call('castVote', { body: { chat_id, message_id, vote } })).vote;
    expect(await cast('upvote')).toBe('upvote');
    expect(await cast('downvote')).toBe('downvote');
    expect(await cast('downvote')).toBeNull();
    expect(await cast('upvote')).toBe('upvote');
    const { messages } = await client.call('listMessages', { query: { chat_id } });
    expect(messages.map(({ vote }) => vote)).toEqual([null, 'upvote']);
  });

  it('is for replies only', async () => {
    const { message_id } = await client.chat('hello');
    const answer = await client.request('castVote', { body: { message_id, vote: 'upvote' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: [{ field: 'body.message_id' }] },
    });
  });

  it('can be explained once it is cast, until it is taken back', async () => {
    const { chat_id, reply } = await client.chat('hello');
    const { message_id } = reply;
    const body = { chat_id, message_id, tags: ['accurate'], comment: ' just right ' };
    expect(await client.request('explainVote', { body })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    await client.call('castVote', { body: { message_id, vote: 'upvote' } });
    const vote_details = { tags: ['accurate'], comment: 'just right' };
    expect(await client.call('explainVote', { body })).toMatchObject({
      vote: 'upvote',
      vote_details,
    });
    const shown = async () =>
      (await client.call('listMessages', { query: { chat_id } })).messages.at(-1);
    expect(await shown()).toMatchObject({ vote: 'upvote', vote_details });
    await client.call('castVote', { body: { message_id, vote: 'upvote' } });
    expect(await shown()).not.toHaveProperty('vote_details');
  });
});

describe('deleting a message', () => {
  it('removes the last one and empties one that others follow', async () => {
    const { chat_id, message_id, reply } = await client.chat('first');
    const second = await client.chat('second', { chat_id });
    const remove = (id: string) =>
      client.call('deleteMessage', { params: { chat_id, message_id: id } });
    const shown = async () => (await client.call('listMessages', { query: { chat_id } })).messages;

    expect(await remove(second.reply.message_id)).toMatchObject({
      outcome: 'removed',
      chat: { active_message_id: second.message_id },
    });
    expect(await remove(message_id)).toMatchObject({ outcome: 'emptied' });
    expect((await shown()).map(({ content }) => content)).toEqual(['', 'first', 'second']);
    expect((await shown())[0]).toMatchObject({ message_id, deleted_at: expect.any(String) });
    expect((await shown())[1]).toMatchObject({ message_id: reply.message_id });
    const again = { chat_id, message_id: second.reply.message_id };
    expect(await client.request('deleteMessage', { params: again })).toMatchObject({ status: 404 });
  });
});
