import { expect, it } from 'vitest';
import type { ChatClient } from './chat-client.js';
import { createChatClient } from './create-chat-client.js';
import { endpoints, exportLineSchema, type Endpoint } from './protocol/index.js';
import { createReplayServer } from './testing/index.js';

/** Second ways to the same thing, and what is for operators rather than for a chat. */
const NOT_FOR_CLIENTS = [
  'getDocs',
  'getMetrics',
  'getOpenApi',
  'health',
  'listMessagesOfChat',
  'probeStream',
  'ready',
  'streamReplyByPost',
];

const all: [string, Endpoint][] = Object.entries(endpoints);

function patternOf(path: string): RegExp {
  return new RegExp(`^/api${path.replaceAll(/:[a-z_]+/g, '[\\da-f-]+')}$`);
}

/** The endpoint a request is for: as in the protocol, the earlier one where two would do. */
function endpointOf({ method, url }: Request): [string, Endpoint] {
  const { pathname } = new URL(url);
  const found = all.find(
    ([, endpoint]) => endpoint.method === method && patternOf(endpoint.path).test(pathname),
  );
  if (found) return found;
  throw new Error(`Not in the protocol: ${method} ${pathname}`);
}

/** A client between which and the replay server everything is held against the protocol. */
function createCheckedClient() {
  const server = createReplayServer();
  const called = new Set<string>();
  const check: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const [name, endpoint] = endpointOf(request);
    called.add(name);
    const query = Object.fromEntries(new URL(request.url).searchParams);
    endpoint.query?.strict().parse(query);
    endpoint.body?.parse(JSON.parse(await request.clone().text()));
    const response = await server.fetch(request);
    if (!response.ok) return response;
    expect(response.status, name).toBe(endpoint.status);
    if (typeof endpoint.response !== 'string') {
      const answer: unknown = await response.clone().json();
      expect(endpoint.response.parse(answer), name).toMatchObject(answer as object);
    }
    return response;
  };
  const client = createChatClient({ baseUrl: 'http://replay.invalid', fetch: check });
  return { client, server, called };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function talk(client: ChatClient) {
  const sent = client.chats.send({ message: 'What is a function?' });
  await sent.toText();
  const { chat_id, message_id, reply } = await sent.accepted;
  await client.messages.vote({ message_id: reply.message_id, vote: 'upvote' });
  const why = { message_id: reply.message_id, tags: ['clear'], comment: 'Short and true.' };
  expect(await client.messages.explainVote(why)).toMatchObject({
    vote: 'upvote',
    vote_details: { tags: ['clear'], comment: 'Short and true.' },
  });
  expect(await client.messages.list({ chat_id })).toMatchObject({
    messages: [{}, { vote_details: { tags: ['clear'] } }],
  });
  await client.chats.get(chat_id);
  await client.chats.update(chat_id, { pinned: true });
  await client.chats.chooseBranch(chat_id, message_id);
  await client.chats.stop({ chat_id });
  await client.chats.list({ limit: 1 });
  return { chat_id, reply };
}

async function usePresets({ presets }: ChatClient) {
  const made = await presets.create({ name: 'Careful', parameters: { temperature: 0.1 } });
  await presets.create({ name: 'Wild' });
  expect((await collect(presets.all())).map(({ name }) => name)).toEqual(['Wild', 'Careful']);
  await presets.update(made.preset_id, { name: 'Exact' });
  expect(await presets.get(made.preset_id)).toMatchObject({ name: 'Exact', version: 2 });
  await presets.delete(made.preset_id);
  expect((await presets.list()).presets).toHaveLength(1);
}

it('reaches every endpoint of the protocol, and both sides keep to it', async () => {
  const { client, server, called } = createCheckedClient();
  const account = { username: 'me', email: 'me@example.com', password: 'a long password' };
  await client.auth.register(account);
  await client.auth.login(account);
  const { chat_id, reply } = await talk(client);
  await usePresets(client);

  const found = await client.search.list({ q: 'FUNCTION' });
  expect(found.chats).toHaveLength(1);
  expect(found.messages.map(({ role }) => role)).toEqual(['assistant', 'user']);
  const [start, end] = found.messages[1]?.ranges[0] ?? [];
  expect(found.messages[1]?.snippet.slice(start, end)).toBe('function');
  expect(await collect(client.search.all({ q: 'function', limit: 1 }))).toEqual(found.messages);

  // The replay server lives on the first of January.
  const usage = await client.usage.get({ from: '2026-01-01', to: '2026-01-31' });
  const spent = { replies: 1, prompt_tokens: 24, completion_tokens: 57, title_tokens: 0 };
  const model = 'replay/transcript';
  expect(usage.usage).toEqual([{ day: '2026-01-01', model, ...spent }]);
  expect(usage.totals).toEqual(spent);
  expect((await client.usage.get({ days: 3, to: '2025-12-31' })).usage).toEqual([]);

  const lines = await collect(client.users.export());
  for (const line of lines) expect(exportLineSchema.parse(line)).toEqual(line);
  expect(lines.map(({ kind }) => kind)).toEqual(['user', 'preset', 'chat', 'message', 'message']);

  const removed = await client.messages.delete({ chat_id, message_id: reply.message_id });
  expect(removed).toMatchObject({
    outcome: 'removed',
    chat: { active_message_id: reply.parent_id },
  });
  await client.chats.delete(chat_id);
  await client.chats.restore(chat_id);

  await client.models.list();
  const { user_id } = await client.users.me();
  await client.users.get(user_id);
  server.expireTokens();
  const [session] = await client.sessions.list();
  expect(session?.current).toBe(true);
  expect(await client.sessions.revokeOthers()).toBe(0);
  await client.users.changePassword({
    current_password: account.password,
    new_password: 'a longer password',
  });
  await client.sessions.revoke(session?.session_id ?? '');
  await client.auth.login(account);
  await client.auth.logout();
  await client.auth.login(account);
  await client.users.delete({ password: account.password });
  expect(client.auth.session()).toBeNull();

  expect([...called, ...NOT_FOR_CLIENTS].sort()).toEqual(all.map(([name]) => name).sort());
});
