import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeUsage } from '../test-support/storage-fixtures.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

const DAY_MS = 86_400_000;
const NOTHING = { replies: 0, prompt_tokens: 0, completion_tokens: 0, title_tokens: 0 };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

it('tells what replies have cost today, one’s own alone, and after they are deleted too', async () => {
  const client = await server.signUp();
  const stranger = await server.signUp();
  await stranger.chat('a stranger’s question');
  const { chat_id, reply } = await client.chat('a question');
  await client.chat('another', { chat_id });
  const before = await client.call('getUsage');
  const [row] = before.usage;
  if (!row || before.usage.length > 1) throw new Error('There is one model, and it is today.');
  const { day, model, ...counts } = row;
  expect([dayOf(Date.now() - 60_000), dayOf(Date.now())]).toContain(day);
  expect(model).toBe(reply.model);
  expect(counts).toMatchObject({ replies: 2, title_tokens: 0 });
  expect(Math.min(counts.prompt_tokens, counts.completion_tokens)).toBeGreaterThan(0);
  expect(before.totals).toEqual(counts);
  await client.call('deleteChat', { body: { chat_id } });
  expect(await client.call('getUsage')).toEqual(before);
});

it('sums up days and models, titles apart, the newest first', async () => {
  const client = await server.signUp();
  const add = (daysAgo: number, fields = {}) =>
    server.storage.recordUsage(
      makeUsage(client.user.user_id, { createdAt: Date.now() - daysAgo * DAY_MS, ...fields }),
    );
  for (const daysAgo of [0, 0, 3, 40]) await add(daysAgo);
  await add(3, { kind: 'title', promptTokens: 1, completionTokens: 2 });
  await add(3, { model: 'a/model' });
  const { from, to, usage, totals } = await client.call('getUsage');
  expect([from, to]).toEqual([dayOf(Date.parse(to) - 29 * DAY_MS), dayOf(Date.now())]);
  const cost = { prompt_tokens: 5, completion_tokens: 7, title_tokens: 0 };
  const back = (count: number) => dayOf(Date.parse(to) - count * DAY_MS);
  const model = 'demo/echo';
  const withTitle = { replies: 1, prompt_tokens: 6, completion_tokens: 9, title_tokens: 3 };
  expect(usage).toEqual([
    { day: to, model, replies: 2, prompt_tokens: 10, completion_tokens: 14, title_tokens: 0 },
    { day: back(3), model: 'a/model', replies: 1, ...cost },
    { day: back(3), model, ...withTitle },
  ]);
  expect(totals).toEqual({
    replies: 4,
    prompt_tokens: 21,
    completion_tokens: 30,
    title_tokens: 3,
  });
  const ask = (query: object) => client.call('getUsage', { query });
  expect((await ask({ days: 1 })).totals.replies).toBe(2);
  expect((await ask({ days: 366 })).totals.replies).toBe(5);
  expect(await ask({ from: back(40), to: back(3) })).toMatchObject({ totals: { replies: 3 } });
  expect(await ask({ from: back(3) })).toMatchObject({ to, totals: { replies: 4 } });
  expect(await ask({ to: back(41), days: 2 })).toEqual({
    from: back(42),
    to: back(41),
    usage: [],
    totals: NOTHING,
  });
});

it.each([
  [{ days: 0 }, 'query.days'],
  [{ days: 367 }, 'query.days'],
  [{ days: 'all' }, 'query.days'],
  [{ from: '2026-02-30' }, 'query.from'],
  [{ from: '1999-12-31' }, 'query.from'],
  [{ to: 'today' }, 'query.to'],
  [{ from: '2026-01-02', to: '2026-01-01' }, 'query.from'],
  [{ from: '2025-01-01', to: '2026-01-02' }, 'query.from'],
  [{ from: '2026-01-01', days: 3 }, 'query.days'],
])('refuses %j, naming the field', async (query, field) => {
  const client = await server.signUp();
  expect(await client.request('getUsage', { query })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: [{ field }] },
  });
});
