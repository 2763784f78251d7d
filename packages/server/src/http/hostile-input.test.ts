import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';
import { MAX_BODY_BYTES, MAX_SHORT_BODY_BYTES, MAX_STRANGERS_BODY_BYTES } from './read-body.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.signUp();
});
afterAll(() => server.stop());

async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${server.url}/api${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${client.token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body,
  });
  return { status: response.status, body: (await response.json()) as { code: string } };
}

/** The answer to a head whose body never comes. */
function statusOfUnsentBody(path: string, contentLength: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const outgoing = httpRequest({ hostname, port, path: `/api${path}`, method: 'POST' });
    outgoing.setHeader('content-type', 'application/json');
    outgoing.setHeader('content-length', contentLength);
    outgoing.on('response', (response) => {
      resolve(response.statusCode);
      outgoing.destroy();
    });
    outgoing.on('error', reject);
    outgoing.write('{"message": "');
  });
}

const send = (message: string) => post('/chats', JSON.stringify({ message }));

describe('a body', () => {
  it('is refused unless it is JSON by name, as a page of another site could send it otherwise', async () => {
    const login = JSON.stringify({ email: client.user.email, password: 'x' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect(await post('/login', login, { 'content-type': type })).toMatchObject({
        status: 415,
        body: { code: 'unsupported_media_type' },
      });
    }
    expect(await post('/login', login)).toMatchObject({ status: 401 });
  });

  it('must be well-formed JSON in an encoding we know', async () => {
    for (const text of ['{', '"text"', '[1,', '{"a":1}}', '{a:1}', '\u0000']) {
      expect(await post('/chats', text)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', details: [{ field: 'body' }] },
      });
    }
    const charset = { 'content-type': 'application/json; charset=klingon' };
    expect(await post('/chats', '{}', charset)).toMatchObject({ status: 415 });
    expect(await post('/chats', '{}', { 'content-encoding': 'rot13' })).toMatchObject({
      status: 415,
    });
  });

  it('must be there', async () => {
    expect(await client.request('deleteChat')).toMatchObject({
      status: 400,
      body: { details: [{ field: 'body', message: 'is required' }] },
    });
    expect(await post('/chats/delete', '')).toMatchObject({
      status: 400,
      body: { details: [{ field: 'body', message: 'is required' }] },
    });
  });

  it('may hold the longest message however it is escaped, and no more', async () => {
    const longest = 'ก'.repeat(200_000);
    const escaped = `{"message":"${'\\u0e01'.repeat(200_000)}"}`;
    expect(await send(longest)).toMatchObject({ status: 201 });
    expect(await post('/chats', escaped)).toMatchObject({ status: 201 });
    expect(await send(`${longest}ก`)).toMatchObject({
      status: 400,
      body: {
        details: [{ field: 'body.message', message: 'must have at most 200000 characters' }],
      },
    });
    expect(await send('x'.repeat(MAX_BODY_BYTES))).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large' },
    });
  });

  it('is not read at all from someone who has not signed in', async () => {
    expect(await statusOfUnsentBody('/chats', 10_000_000)).toBe(401);
  });

  it('holds as many entries as are made in no time, wherever they are', async () => {
    const lists = (count: number) => `{"message":"hello","extra":[${'[],'.repeat(count)}[]]}`;
    expect(await post('/chats', lists(900))).toMatchObject({ status: 201 });
    const keys = Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join();
    for (const text of [
      lists(100_000),
      `{"message":"hello",${keys}}`,
      `{${keys},"message":"hello"}`,
      `[${'1,'.repeat(600_000)}1]`,
      `{"message":"hello","parameters":{"stop":[${'"x",'.repeat(100_000)}"x"]}}`,
      '[{},'.repeat(30) + '{"a":1},'.repeat(100_000),
    ]) {
      expect(await post('/chats', text)).toMatchObject({
        status: 400,
        body: { details: [{ field: 'body', message: 'must hold at most 2000 entries' }] },
      });
    }
  });

  it('is 32 deep at most, however it goes on', async () => {
    const extra = (depth: number) =>
      `{"message":"hello","extra":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(await post('/chats', extra(31))).toMatchObject({ status: 201 });
    for (const text of [
      extra(32),
      extra(600_000),
      '['.repeat(1_000_000),
      '{"a":'.repeat(200_000),
      `{"message":${'[{"a":'.repeat(100_000)}`,
    ]) {
      expect(await post('/chats', text)).toMatchObject({
        status: 400,
        body: { details: [{ field: 'body', message: 'must be nested at most 32 deep' }] },
      });
    }
  });

  it('may say in a text whatever it likes', async () => {
    for (const message of ['['.repeat(200_000), '{"a":1,'.repeat(20_000), '\\"[,'.repeat(40_000)]) {
      expect(await send(message)).toMatchObject({ status: 201 });
    }
  });

  it('is UTF-8: in another encoding its brackets could hide', async () => {
    for (const charset of ['utf-16', 'utf-16le', '"UTF-32"', 'utf-7', 'iso-8859-1']) {
      const type = { 'content-type': `application/json; charset=${charset}` };
      expect(await post('/chats', '{"message":"hello"}', type)).toMatchObject({ status: 415 });
    }
    for (const charset of ['utf-8', 'UTF-8', '"utf-8"']) {
      const type = { 'content-type': `application/json; charset=${charset}` };
      expect(await post('/chats', '\ufeff{"message":"hello"}', type)).toMatchObject({
        status: 201,
      });
    }
  });

  it('of someone who has not signed in is short, and refused before it has come', async () => {
    const padded = (bytes: number) =>
      JSON.stringify({ refresh_token: 'x', pad: 'x'.repeat(bytes) });
    for (const path of ['/login', '/register', '/refresh']) {
      expect(await post(path, padded(9_000))).toMatchObject({
        status: 413,
        body: { code: 'payload_too_large' },
      });
      expect(await statusOfUnsentBody(path, MAX_STRANGERS_BODY_BYTES + 1)).toBe(413);
    }
    expect(await post('/refresh', padded(7_000))).toMatchObject({ status: 401 });
    const squeezed = gzipSync(padded(1_000_000));
    expect(await post('/refresh', squeezed, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
    });
  });

  it('of a newcomer fits with the longest name, address and password, all of it escaped', async () => {
    const escaped = (length: number) => '\\u0e01'.repeat(length);
    const email = `${'a'.repeat(40)}@${'b'.repeat(60)}.example`;
    const text = `{"username":"${escaped(50)}","email":"${email}","password":"${escaped(200)}"}`;
    expect(await post('/register', text)).toMatchObject({ status: 201 });
  });

  it('is short where no long text is asked for', async () => {
    const { chat_id } = await client.chat('hello');
    const pad = 'x'.repeat(MAX_SHORT_BODY_BYTES);
    for (const path of ['/chats/delete', '/chats/vote', '/users/me/password', '/users/me/delete']) {
      const text = JSON.stringify({ chat_id, password: 'x', pad });
      expect(await post(path, text)).toMatchObject({ status: 413 });
    }
  });

  it('cannot reach a prototype', async () => {
    const body =
      '{"message":"hello","__proto__":{"admin":true},"constructor":{"prototype":{"a":1}}}';
    expect(await post('/chats', body)).toMatchObject({ status: 201 });
    expect(Object.prototype).not.toHaveProperty('admin');
    expect(Object.prototype).not.toHaveProperty('a');
  });
});

describe('a field', () => {
  const operators: { wrong: unknown }[] = [
    { wrong: { $ne: '' } },
    { wrong: { $gt: '' } },
    { wrong: ['a'] },
    { wrong: 1 },
    { wrong: true },
    { wrong: null },
  ];

  it.each(operators)('is never an operator, a list or another type: $wrong', async ({ wrong }) => {
    const chat = await client.chat('hello');
    const attempts = [
      client.request('login', { body: { email: wrong, password: 'x' } }),
      client.request('login', { body: { email: client.user.email, password: wrong } }),
      client.request('refresh', { body: { refresh_token: wrong } }),
      client.request('sendMessage', { body: { message: 'x', chat_id: wrong } }),
      client.request('deleteChat', { body: { chat_id: wrong } }),
      client.request('castVote', { body: { message_id: wrong, vote: 'upvote' } }),
      client.request('castVote', { body: { message_id: chat.reply.message_id, vote: wrong } }),
      client.request('sendMessage', { body: { message: 'x', parameters: { model: wrong } } }),
    ];
    for (const { status, body } of await Promise.all(attempts)) {
      expect(body).toMatchObject({ code: 'invalid_request' });
      expect(status).toBe(400);
    }
  });

  it.each(['chat_id[$ne]=', 'chat_id=a&chat_id=b', 'chat_id[]=a', 'chat_id=', ''])(
    'of a query is one plain value: ?%s',
    async (query) => {
      const response = await fetch(`${server.url}/api/chats/messages?${query}`, {
        headers: { authorization: `Bearer ${client.token}` },
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ details: [{ field: 'query.chat_id' }] });
    },
  );

  it('holds no NUL and no lone surrogate', async () => {
    for (const text of ['a\u0000b', 'a\ud800b', '\udc00']) {
      expect(await send(text)).toMatchObject({
        status: 400,
        body: { details: [{ field: 'body.message' }] },
      });
    }
    expect(await send('👩🏽‍💻 ก็ได้')).toMatchObject({ status: 201 });
  });

  it('that is brought into one form has to be about as short as that, before', async () => {
    // Composing sorts marks: without a bound, and in a longer body, one request takes minutes.
    const marks = `a${'\u0301\u0316'.repeat(500)}`;
    const { email } = client.user;
    const password = { field: 'body.password', message: 'must have at most 200 characters' };
    for (const [name, body, issue] of [
      ['login', { email, password: marks }, password],
      ['deleteAccount', { password: marks }, password],
      ['register', { username: 'somebody', email, password: marks }, password],
      [
        'login',
        { email: `${marks.repeat(2)}@b.example`, password: 'x' },
        { field: 'body.email', message: 'must have at most 254 characters' },
      ],
    ] as const) {
      expect(await client.request(name, { body })).toMatchObject({
        status: 400,
        body: { details: [issue] },
      });
    }
  });

  it('of a path must be an id', async () => {
    for (const chat_id of ['1', '..%2f..', '%00', 'x'.repeat(5_000)]) {
      const answer = await client.request('getChat', { params: { chat_id } });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
  });

  it('that holds a hundred entries too many is refused', async () => {
    const stop = Array.from({ length: 116 }, () => 'x');
    const body = { message: 'hello', parameters: { stop } };
    expect(await client.request('sendMessage', { body })).toMatchObject({
      status: 400,
      body: { details: [{ field: 'body.parameters.stop', message: 'must have at most 16 items' }] },
    });
  });

  it('is reported at most twenty times', async () => {
    const stop = Array.from({ length: 16 }, () => '');
    const parameters = {
      stop,
      temperature: 'x',
      top_p: 'x',
      seed: 'x',
      model: 1,
      output_length: 'x',
    };
    const body = { message: 1, chat_id: 1, message_id: 1, parameters };
    const answer = await client.request('sendMessage', { body });
    expect((answer.body as { details: unknown[] }).details).toHaveLength(20);
  });
});

describe('a cursor', () => {
  it.each(['', 'x', '!!', btoa('{}'), btoa('null'), btoa('{"p":true,"u":1,"i":"x"}'), btoa('[1]')])(
    'that we did not make is refused: "%s"',
    async (cursor) => {
      const chat_id = (await client.chat('hello')).chat_id;
      for (const answer of [
        await client.request('listChats', { query: { cursor } }),
        await client.request('listMessages', { query: { chat_id, cursor } }),
      ]) {
        expect(answer).toMatchObject({
          status: 400,
          body: { details: [{ field: 'query.cursor' }] },
        });
      }
    },
  );

  it('of one chat does not open another’s messages', async () => {
    const stranger = await server.signUp();
    const theirs = await stranger.chat('a secret');
    const cursor = Buffer.from(JSON.stringify({ l: theirs.reply.message_id })).toString(
      'base64url',
    );
    const { chat_id } = await client.chat('hello');
    expect(await client.request('listMessages', { query: { chat_id, cursor } })).toMatchObject({
      status: 400,
      body: { details: [{ field: 'query.cursor' }] },
    });
    const own = await stranger.request('listMessages', {
      query: { chat_id: theirs.chat_id, cursor },
    });
    expect(own.status).toBe(200);
  });
});

describe('a header', () => {
  it('that we read must make sense', async () => {
    const { chat_id } = await client.chat('hello');
    const key = { 'idempotency-key': 'x'.repeat(201) };
    expect(
      await client.request('sendMessage', { body: { message: 'x' }, headers: key }),
    ).toMatchObject({ status: 400, body: { details: [{ field: 'headers.idempotency-key' }] } });
    expect(
      await client.request('streamReply', {
        query: { chat_id },
        headers: { 'last-event-id': '-1' },
      }),
    ).toMatchObject({ status: 400, body: { details: [{ field: 'headers.last-event-id' }] } });
  });
});

describe('the log', () => {
  it('holds no token, no password, no message and no query', async () => {
    const quiet = await server.signUp();
    const { chat_id } = await quiet.chat('a very private question');
    await quiet.request('listChats', { query: { q: 'private title' } });
    await quiet.request('login', { body: { email: quiet.user.email, password: 'hunter22' } });
    const log = server.logLines().join('');
    expect(log).toContain('/api/chats');
    const secrets = [quiet.token, quiet.refreshToken, 'Bearer', 'private', 'hunter22', chat_id];
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});
