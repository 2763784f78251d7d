import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryStorage } from './auth/session-storage.js';
import { createChatClient, type ChatClientOptions } from './create-chat-client.js';
import type { StreamEvent } from './protocol/index.js';
import {
  createReplayServer,
  errorResponse,
  transcripts,
  type ReplayOptions,
} from './testing/index.js';
import { failureOf } from './test-support/failure-of.js';
import { serveReplay } from './test-support/serve-replay.js';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A client and the server it talks to: in Node over real HTTP. */
async function start(
  replay: ReplayOptions = {},
  options: Partial<ChatClientOptions> = {},
  { signIn = true } = {},
) {
  const server = createReplayServer(replay);
  const { reach, close } = await serveReplay(server);
  const client = createChatClient({
    ...reach,
    storage: createMemoryStorage(),
    retry: { baseDelayMs: 1, maxDelayMs: 50 },
    ...options,
  });
  endings.push(close, () => client.close());
  if (signIn) await client.auth.login({ email: 'replay@example.com', password: 'irrelevant' });
  const pathsOf = () => server.requests.map(({ method, path }) => `${method} ${path}`);
  return { client, server, reach, pathsOf };
}

async function collect(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const HAPPY_TEXT = /^Here is a \*\*function\*\*[\s\S]*สวัสดี[\s\S]*tabs travel too\.$/;

describe('send', () => {
  it('posts at once, then streams the reply to its ending', async () => {
    const { client } = await start();
    const sent = client.chats.send({ message: 'hello' });
    const accepted = await sent.accepted;
    expect(accepted.user_message).toBe('hello');
    const events = await collect(sent);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.event).toBe('message-end');
    expect(events.every(({ data }) => data.message_id === accepted.reply.message_id)).toBe(true);
  });

  it('gives the whole text', async () => {
    const { client } = await start({ chunkBytes: 50 });
    expect(await client.chats.send({ message: 'hello' }).toText()).toMatch(HAPPY_TEXT);
  });

  it('resumes over broken connections with Last-Event-ID', async () => {
    const { client, server } = await start({ cutAfter: (n) => (n < 3 ? 600 : undefined) });
    expect(await client.chats.send({ message: 'hello' }).toText()).toMatch(HAPPY_TEXT);
    const streams = server.requests.filter(({ path }) => path.startsWith('/chats/stream'));
    const resumed = streams.map(({ headers }) => headers.get('last-event-id'));
    expect(resumed[0]).toBeNull();
    expect(Number(resumed.at(-1))).toBeGreaterThan(1);
  });

  it('is repeated under one key, so a lost answer makes no second reply', async () => {
    let posts = 0;
    const { client, server } = await start({
      intercept: async (request) => {
        if (request.method !== 'POST' || !request.url.endsWith('/api/chats')) return undefined;
        posts += 1;
        return posts === 1 ? errorResponse('storage_unavailable') : undefined;
      },
    });
    await client.chats.send({ message: 'hello' }).accepted;
    const keys = server.requests
      .filter(({ method, path }) => method === 'POST' && path === '/chats')
      .map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('detaches without stopping when the loop is left, and stops when told to', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { client, pathsOf } = await start({
      beforeEvent: ({ seq }) => (seq > 3 ? held : undefined),
    });
    const sent = client.chats.send({ message: 'hello' });
    for await (const { seq } of sent) if (seq === 3) break;
    expect(pathsOf().some((path) => path.includes('/chats/stop'))).toBe(false);
    await sent.stop();
    release();
    const { chat_id } = await sent.accepted;
    const events = await collect(client.chats.stream({ chat_id }));
    expect(events.at(-1)).toMatchObject({ event: 'message-end', data: { status: 'stopped' } });
  });

  it('makes a failed reply an error of toText, with the server’s code', async () => {
    const { client } = await start({ replies: [transcripts.error] });
    const error = await failureOf(client.chats.send({ message: 'hello' }).toText());
    expect(error).toMatchObject({
      code: 'provider_rate_limited',
      retryable: true,
      retryAfterMs: 20_000,
    });
  });

  it('refuses to be iterated twice', async () => {
    const { client } = await start();
    const sent = client.chats.send({ message: 'hello' });
    await sent.toText();
    expect(() => sent[Symbol.asyncIterator]()).toThrow(TypeError);
  });
});

describe('errors', () => {
  it('keeps the server’s code, status, request id, details and waiting time', async () => {
    const body = {
      message: 'body.email must be an e-mail address',
      code: 'invalid_request',
      request_id: 'r-1',
      details: [{ field: 'body.email', message: 'must be an e-mail address' }, 'nonsense'],
    };
    const headers = { 'retry-after': '7', 'x-request-id': 'r-1' };
    const { client } = await start({
      intercept: (request) =>
        request.url.endsWith('/models') ? Response.json(body, { status: 400, headers }) : undefined,
    });
    const error = await failureOf(client.models.list());
    expect(error).toMatchObject({
      message: body.message,
      code: 'invalid_request',
      status: 400,
      requestId: 'r-1',
      retryAfterMs: 7000,
      retryable: false,
      details: [body.details[0]],
    });
  });

  it.each([
    [404, '<h1>nothing here</h1>', 'not_found'],
    [502, 'bad gateway', 'internal'],
    [418, '{"code":"__proto__"}', 'invalid_request'],
    [429, '{"code":"a_code_of_tomorrow","message":"later"}', 'rate_limited'],
  ])('takes an answer %d %s by its status', async (status, body, code) => {
    const { client } = await start(
      {
        intercept: (request) =>
          /models/.test(request.url) ? new Response(body, { status }) : undefined,
      },
      { retry: { limit: 0 } },
    );
    expect(await failureOf(client.models.list())).toMatchObject({ code, status });
  });

  it.each(['<html>', '[]', '{"models":null}', 'null', '{}'])(
    'takes a success with the body %s for the wrong server',
    async (body) => {
      const { client } = await start({
        intercept: (request) => (/models/.test(request.url) ? new Response(body) : undefined),
      });
      const error = await failureOf(client.models.list());
      expect(error.code).toBe('invalid_response');
      expect(error.message).toContain('baseUrl');
    },
  );

  it('tells unreachable, too slow and aborted apart', async () => {
    const hang = () => new Promise<Response>(() => undefined);
    const slow = await start(
      { intercept: (request) => (/models/.test(request.url) ? hang() : undefined) },
      { timeoutMs: 40, retry: { limit: 0 } },
      { signIn: false },
    );
    await slow.client.auth.login({ email: 'a@b.co', password: 'x' });
    expect((await failureOf(slow.client.models.list())).code).toBe('timeout');
    expect((await failureOf(slow.client.models.list({ signal: AbortSignal.abort() }))).code).toBe(
      'aborted',
    );
    const { client } = await start(
      {},
      { baseUrl: 'http://127.0.0.1:1', fetch, retry: { limit: 0 } },
      { signIn: false },
    );
    expect((await failureOf(client.auth.login({ email: 'a@b.co', password: 'x' }))).code).toBe(
      'network',
    );
  });
});

describe('repetition', () => {
  const failFirst = (count: number, make: () => Response) => {
    let failures = 0;
    return (request: Request) => {
      if (!/\/api\/(models|chats\/vote)$/.test(request.url)) return undefined;
      failures += 1;
      return failures <= count ? make() : undefined;
    };
  };

  it('repeats reading', async () => {
    const { client, pathsOf } = await start({
      intercept: failFirst(2, () => errorResponse('storage_unavailable')),
    });
    expect(await client.models.list()).toHaveLength(1);
    expect(pathsOf().filter((path) => path === 'GET /models')).toHaveLength(3);
  });

  it('never repeats a vote, which toggles', async () => {
    const { client, pathsOf } = await start({
      intercept: failFirst(1, () => errorResponse('storage_unavailable')),
    });
    const error = await failureOf(client.messages.vote({ message_id: 'm', vote: 'upvote' }));
    expect(error.code).toBe('storage_unavailable');
    expect(pathsOf().filter((path) => path === 'POST /chats/vote')).toHaveLength(1);
  });

  it('does not wait longer than it may, but says how long the server asked for', async () => {
    const { client, pathsOf } = await start({
      intercept: failFirst(9, () =>
        errorResponse('rate_limited', 'slow down', { 'retry-after': '60' }),
      ),
    });
    expect((await failureOf(client.models.list())).retryAfterMs).toBe(60_000);
    expect(pathsOf().filter((path) => path === 'GET /models')).toHaveLength(1);
  });
});

describe('sessions', () => {
  it('renews an expired token once for all racing calls', async () => {
    const { client, server, pathsOf } = await start();
    server.expireTokens();
    const answers = await Promise.all([
      client.users.me(),
      client.models.list(),
      client.chats.list(),
    ]);
    expect(answers).toHaveLength(3);
    expect(pathsOf().filter((path) => path === 'POST /refresh')).toHaveLength(1);
  });

  it('renews ahead of time, for streams as well', async () => {
    const storage = createMemoryStorage();
    const { client, pathsOf } = await start({}, { storage });
    const kept = storage.get();
    if (kept) storage.set({ ...kept, expires_at: Date.now() + 1000 });
    await client.chats.send({ message: 'hello' }).toText();
    expect(pathsOf().filter((path) => path === 'POST /refresh')).toHaveLength(1);
  });

  it('never burns a token that another tab has renewed already', async () => {
    const storage = createMemoryStorage();
    const first = await start({}, { storage });
    const second = createChatClient({ ...first.reach, storage });
    endings.push(() => second.close());
    first.server.expireTokens();
    await Promise.all([first.client.users.me(), first.client.models.list()]);
    await second.users.me();
    expect(first.pathsOf().filter((path) => path === 'POST /refresh')).toHaveLength(1);
  });

  it('ends when the refresh token is refused, and says so', async () => {
    const { client, server } = await start();
    const changes: (string | null)[] = [];
    client.auth.onSessionChange((session) => changes.push(session?.user.username ?? null));
    server.revokeSession();
    expect((await failureOf(client.users.me())).status).toBe(401);
    expect(client.auth.session()).toBeNull();
    expect(changes).toEqual([null]);
  });

  it('survives a refresh that did not reach the server', async () => {
    let isDown = true;
    const { client, server } = await start({
      intercept: (request) =>
        isDown && /refresh/.test(request.url) ? errorResponse('internal') : undefined,
    });
    server.expireTokens();
    await failureOf(client.users.me());
    expect(client.auth.session()).not.toBeNull();
    isDown = false;
    expect((await client.users.me()).username).toBe('replay');
  });

  it('is signed out here even if the server cannot be told', async () => {
    const { client } = await start({
      intercept: (request) => (/logout/.test(request.url) ? errorResponse('internal') : undefined),
    });
    await failureOf(client.auth.logout());
    expect(client.auth.session()).toBeNull();
  });

  it('asks the page for tokens, once for racing calls and again when one was refused', async () => {
    const refused: (string | null)[] = [];
    const { client, server } = await start(
      {},
      {
        getToken: async (context) => {
          refused.push(context.refused);
          return `access-${refused.length}`;
        },
      },
      { signIn: false },
    );
    await Promise.all([client.users.me(), client.models.list()]);
    expect(refused).toEqual([null]);
    server.expireTokens();
    await Promise.all([client.users.me(), client.models.list()]);
    expect(refused).toEqual([null, 'access-1']);
    expect(client.auth.session()).toBeNull();
  });

  it('keeps two clients of one process apart', async () => {
    const { client, reach } = await start();
    const baseUrl = `${reach.baseUrl}/api`;
    const other = createChatClient({ ...reach, baseUrl, retry: { limit: 0 } });
    expect(client.auth.session()).not.toBeNull();
    expect(other.auth.session()).toBeNull();
    expect((await failureOf(other.users.me())).code).toBe('unauthenticated');
  });
});

describe('lists', () => {
  it('walks all pages, as they are asked for', async () => {
    const { client, pathsOf } = await start();
    for (const message of ['one', 'two', 'three']) await client.chats.send({ message }).accepted;
    const titles: (string | null)[] = [];
    for await (const chat of client.chats.all({ limit: 2 })) titles.push(chat.chat_title);
    expect(titles).toEqual(['three', 'two', 'one']);
    expect(pathsOf().filter((path) => path.startsWith('GET /chats?'))).toHaveLength(2);
    for await (const chat of client.chats.all({ limit: 1 })) if (chat.chat_title === 'three') break;
    expect(pathsOf().filter((path) => path.startsWith('GET /chats?'))).toHaveLength(3);
  });

  it('reads messages from the newest back', async () => {
    const { client } = await start();
    const { chat_id } = await client.chats.send({ message: 'one' }).accepted;
    await client.chats.send({ chat_id, message: 'two' }).accepted;
    const roles: string[] = [];
    for await (const { role, content } of client.messages.all({ chat_id }))
      roles.push(role + content);
    expect(roles).toEqual(['assistant', 'usertwo', 'assistant', 'userone']);
  });
});

describe('createChatClient', () => {
  it('rejects what is under way when it is closed', async () => {
    const { client } = await start({ beforeEvent: () => new Promise(() => undefined) });
    const reading = failureOf(client.chats.send({ message: 'hello' }).toText());
    client.close();
    expect((await reading).code).toBe('aborted');
  });
});
