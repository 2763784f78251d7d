import {
  endpoints,
  idSchema,
  type Endpoint,
  type EndpointName,
} from '@chat-playground/sdk/protocol';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PASSWORD, type TestClient, type TestRequest } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

/** Someone with a chat of one question and its answer. */
interface Owner {
  client: TestClient;
  user_id: string;
  chat_id: string;
  /** The question. */
  message_id: string;
  reply_id: string;
  preset_id: string;
  session_id: string;
}

interface Row {
  /** A request that succeeds, naming every id its schema knows. */
  request: (own: Owner) => TestRequest;
  /** What must have happened before. */
  prepare?: (own: Owner) => Promise<unknown>;
}

const deleteChat = ({ client, chat_id }: Owner) => client.call('deleteChat', { body: { chat_id } });

const vote = ({ client, reply_id }: Owner) =>
  client.call('castVote', { body: { message_id: reply_id, vote: 'upvote' } });

/** Every endpoint. One that is missing does not compile; one that names too few ids fails below. */
const matrix: Record<EndpointName, Row | 'public'> = {
  register: 'public',
  login: 'public',
  refresh: 'public',
  health: 'public',
  ready: 'public',
  probeStream: 'public',
  getOpenApi: 'public',
  getDocs: 'public',
  getMetrics: 'public',
  logout: { request: () => ({}) },
  getOwnUser: { request: () => ({}) },
  listModels: { request: () => ({}) },
  getUser: { request: ({ user_id }) => ({ params: { user_id } }) },
  sendMessage: {
    request: ({ chat_id, user_id, message_id }) => ({
      body: { chat_id, user_id, message_id, message: 'another question' },
    }),
  },
  listChats: { request: ({ user_id }) => ({ query: { user_id } }) },
  streamReply: {
    request: ({ chat_id, user_id, reply_id }) => ({
      query: { chat_id, user_id, message_id: reply_id },
    }),
  },
  streamReplyByPost: {
    request: ({ chat_id, user_id, reply_id }) => ({
      body: { chat_id, user_id, message_id: reply_id },
    }),
  },
  listMessages: { request: ({ chat_id }) => ({ query: { chat_id } }) },
  castVote: {
    request: ({ chat_id, reply_id }) => ({
      body: { chat_id, message_id: reply_id, vote: 'upvote' },
    }),
  },
  deleteChat: { request: ({ chat_id }) => ({ body: { chat_id } }) },
  restoreChat: { request: ({ chat_id }) => ({ body: { chat_id } }), prepare: deleteChat },
  stopReply: {
    request: ({ chat_id, reply_id }) => ({ body: { chat_id, message_id: reply_id } }),
  },
  getChat: { request: ({ chat_id }) => ({ params: { chat_id } }) },
  updateChat: {
    request: ({ chat_id }) => ({ params: { chat_id }, body: { chat_title: 'Renamed' } }),
  },
  listMessagesOfChat: { request: ({ chat_id }) => ({ params: { chat_id } }) },
  explainVote: {
    request: ({ chat_id, reply_id }) => ({
      body: { chat_id, message_id: reply_id, comment: 'because' },
    }),
    prepare: vote,
  },
  deleteMessage: {
    request: ({ chat_id, reply_id }) => ({ params: { chat_id, message_id: reply_id } }),
  },
  search: { request: () => ({ query: { q: 'question' } }) },
  changePassword: {
    request: () => ({ body: { current_password: PASSWORD, new_password: 'another password' } }),
  },
  deleteAccount: { request: () => ({ body: { password: PASSWORD } }) },
  exportData: { request: () => ({}) },
  listSessions: { request: () => ({}) },
  revokeSession: { request: ({ session_id }) => ({ params: { session_id } }) },
  revokeOtherSessions: { request: () => ({}) },
  getUsage: { request: () => ({ query: { days: 7 } }) },
  listPresets: { request: () => ({}) },
  createPreset: { request: () => ({ body: { name: 'Mine' } }) },
  getPreset: { request: ({ preset_id }) => ({ params: { preset_id } }) },
  updatePreset: { request: ({ preset_id }) => ({ params: { preset_id }, body: { name: 'New' } }) },
  deletePreset: { request: ({ preset_id }) => ({ params: { preset_id } }) },
  chooseBranch: {
    request: ({ chat_id, message_id }) => ({ params: { chat_id }, body: { message_id } }),
  },
};

const PLACES = ['params', 'query', 'body'] as const;
type Field = { place: (typeof PLACES)[number]; name: string };

/** Where an endpoint's schemas take an id. */
function idFields(endpoint: Endpoint): Field[] {
  const idPattern = z.toJSONSchema(idSchema).pattern;
  return PLACES.flatMap((place) => {
    const schema: z.ZodType | undefined = endpoint[place];
    if (!schema) return [];
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return Object.entries(properties)
      .filter(([, field]) => typeof field === 'object' && field.pattern === idPattern)
      .map(([name]) => ({ place, name }));
  });
}

function valueAt(request: TestRequest, { place, name }: Field): unknown {
  return (request[place] as Record<string, unknown> | undefined)?.[name];
}

function replaced(request: TestRequest, { place, name }: Field, value: unknown): TestRequest {
  return { ...request, [place]: { ...(request[place] as object), [name]: value } };
}

const withoutRequestId = (body: unknown) => ({ ...(body as object), request_id: undefined });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function createOwner(client?: TestClient): Promise<Owner> {
  const owner = client ?? (await server.signUp());
  const { chat_id, message_id, reply } = await owner.chat('a question');
  const { preset_id } = await owner.call('createPreset', { body: { name: 'Mine' } });
  const { sessions } = await owner.call('listSessions');
  const ids = { reply_id: reply.message_id, session_id: sessions[0]?.session_id ?? '' };
  return { client: owner, user_id: owner.user.user_id, chat_id, message_id, preset_id, ...ids };
}

/** All that is remembered of someone. */
async function memoryOf({ user_id, chat_id, reply_id, session_id }: Owner): Promise<unknown> {
  const { storage } = server;
  return {
    user: await storage.findUser(user_id),
    session: await storage.findSession(session_id),
    presets: await storage.listPresets(user_id, { limit: 100 }),
    usage: await storage.sumUsage(user_id, { from: '2000-01-01', to: '9999-12-31' }),
    chat: await storage.findChat(user_id, chat_id),
    branch: await storage.listBranch(user_id, chat_id, { leafId: reply_id, limit: 100 }),
  };
}

const entries = Object.entries(matrix) as [EndpointName, Row | 'public'][];
const guarded = entries.flatMap(([name, row]) => (row === 'public' ? [] : [{ name, row }]));
const open = entries.flatMap(([name, row]) => (row === 'public' ? [name] : []));

it.each(open)('%s is open to anyone and reaches nothing by id', (name) => {
  const endpoint: Endpoint = endpoints[name];
  expect(endpoint.auth).toBe('none');
  expect(idFields(endpoint)).toEqual([]);
});

describe.each(guarded)('$name', ({ name, row }) => {
  const fields = idFields(endpoints[name]);

  it('lets nobody in without a token', async () => {
    const own = await createOwner();
    await row.prepare?.(own);
    const answer = await server.nobody().request(name, row.request(own));
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('keeps strangers out, whichever id they name, and lets the owner in', async () => {
    const [victim, stranger] = [await createOwner(), await createOwner()];
    await row.prepare?.(victim);
    await row.prepare?.(stranger);
    const before = await memoryOf(victim);
    const theirs = row.request(victim);
    const mine = row.request(stranger);

    for (const field of fields) {
      expect(
        valueAt(mine, field),
        `the matrix must name ${field.place}.${field.name}`,
      ).toBeDefined();
      const foreign = replaced(mine, field, valueAt(theirs, field));
      const unknown = replaced(mine, field, newId());
      const [refused, absent] = [
        await stranger.client.request(name, foreign),
        await stranger.client.request(name, unknown),
      ];
      const isOwnUserId = field.name === 'user_id' && field.place !== 'params';
      expect(refused.status, `${field.place}.${field.name}`).toBe(isOwnUserId ? 403 : 404);
      expect(withoutRequestId(refused.body)).toEqual(withoutRequestId(absent.body));
    }
    if (fields.length > 0) {
      const { status } = await stranger.client.request(name, theirs);
      expect([403, 404]).toContain(status);
    }
    expect(await memoryOf(victim)).toEqual(before);

    expect((await victim.client.request(name, theirs)).status).toBe(endpoints[name].status);
  });
});

const nested = guarded.filter(({ name }) =>
  idFields(endpoints[name]).some((field) => field.name === 'message_id'),
);

it.each(nested)('$name refuses a message of another of one’s own chats', async ({ name, row }) => {
  const here = await createOwner();
  const there = await createOwner(here.client);
  const named = idFields(endpoints[name]).find((field) => field.name === 'message_id');
  if (!named) throw new Error('the rows above all have one');
  const mixed = replaced(row.request(here), named, valueAt(row.request(there), named));
  const before = [await memoryOf(here), await memoryOf(there)];
  expect((await here.client.request(name, mixed)).status).toBe(404);
  expect([await memoryOf(here), await memoryOf(there)]).toEqual(before);
});
