import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.signUp();
});
afterAll(() => server.stop());

const search = (q: string, query: object = {}) => client.call('search', { query: { q, ...query } });

describe('searching', () => {
  it('finds parts of words in Thai and English, and shows where', async () => {
    await client.chat('วิธีทำต้มยำกุ้งน้ำข้นแบบง่าย');
    await client.chat(`${'padding '.repeat(50)}Photosynthesis ${'padding '.repeat(50)}`);
    for (const [q, found] of [
      ['ยำกุ้ง', 'ยำกุ้ง'],
      ['SYNTHES', 'synthes'],
    ] as const) {
      const { messages } = await search(q);
      expect(messages).toHaveLength(2);
      for (const { snippet, ranges } of messages) {
        const [start, end] = ranges[0] ?? [];
        expect(snippet.slice(start, end)).toBe(found);
        expect(snippet.length).toBeLessThan(170);
      }
    }
  });

  it('finds titles as well, on the first page only', async () => {
    const { chat_id } = await client.chat('something');
    const params = { chat_id };
    await client.call('updateChat', { params, body: { chat_title: 'Planets and moons' } });
    for (const message of ['moons one', 'moons two']) await client.chat(message);
    const first = await search('moons', { limit: 3 });
    const byTitle = first.chats.find(({ chat }) => chat.chat_id === chat_id);
    expect(byTitle?.ranges).toEqual([[12, 17]]);
    expect(first.messages).toHaveLength(3);
    const second = await search('moons', { limit: 3, cursor: first.next_cursor ?? '' });
    expect(second.chats).toEqual([]);
    const found = [...first.messages, ...second.messages].map(({ message_id }) => message_id);
    expect(new Set(found).size).toBe(4);
    expect(second.next_cursor).toBeNull();
    expect(found).toEqual(found.toSorted().reverse());
  });

  it('finds nothing of anyone else, and nothing that was deleted', async () => {
    const stranger = await server.signUp();
    await stranger.chat('a strangers unicorn');
    expect((await search('unicorn')).messages).toEqual([]);
    const { chat_id } = await client.chat('my own unicorn');
    expect((await search('unicorn')).messages).toHaveLength(2);
    await client.call('deleteChat', { body: { chat_id } });
    expect((await search('unicorn')).messages).toEqual([]);
  });

  it.each(['"', "' OR 1=1 --", 'NEAR(a b)', '*', '(', '\\', '%', '-x', 'a:b', 'AND'])(
    'takes what has a meaning to databases literally: %s',
    async (q) => {
      const someone = await server.signUp();
      await someone.chat('a b or anything else');
      const found = async () => (await someone.call('search', { query: { q } })).messages.length;
      expect(await found()).toBe(0);
      await someone.chat(`before ${q} after`);
      expect(await found()).toBe(2);
    },
  );
});
