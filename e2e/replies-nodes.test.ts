import { randomUUID } from 'node:crypto';
import { REALTIME_PATH } from '@chat-playground/sdk/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestMongo, type TestMongo } from '../packages/server/src/test-support/ferretdb.js';
import { startTestRedis, type TestRedis } from '../packages/server/src/test-support/redis.js';
import type { Script } from '../packages/server/src/test-support/scripted-upstream.js';
import {
  createTestClient,
  type TestClient,
} from '../packages/server/src/test-support/test-client.js';
import { openReader } from './support/reply-reader.js';
import { createGate, startScriptedModel, type ScriptedModel } from './support/scripted-model.js';
import { startServer, type ServerProcess } from './support/server-process.js';

const redis = await startTestRedis();
const mongo = redis && (await startTestMongo());

const words = (from: number, to: number): Script =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    do: 'text',
    text: `word ${from + index} `,
  }));
const textOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `word ${from + index} `).join('');

describe.skipIf(!redis || !mongo)('two nodes of one server', () => {
  const parts = { redis: redis as TestRedis, mongo: mongo as TestMongo };
  const sockets: Socket[] = [];
  let model: ScriptedModel;
  let nodes: { a: ServerProcess; b: ServerProcess };
  let people = 0;

  beforeAll(async () => {
    model = await startScriptedModel();
    const database = `replies_${randomUUID().slice(0, 8)}`;
    const env = {
      ...model.env,
      MONGO_URI: parts.mongo.uri.replace(/\/?(\?|$)/, `/${database}$1`),
      REDIS_URL: parts.redis.url,
      JWT_SECRET: randomUUID() + randomUUID(),
      NODE_TIMEOUT_MS: '4000',
    };
    nodes = { a: await startServer({ env }), b: await startServer({ env }) };
  });
  afterAll(async () => {
    sockets.forEach((socket) => socket.close());
    await Promise.all([nodes?.a.stop('SIGKILL'), nodes?.b.stop('SIGKILL')]);
    await model?.close();
    await Promise.all([parts.redis?.stop(), parts.mongo?.stop()]);
  });

  /** One person, at both nodes. */
  async function newPerson(): Promise<{ a: TestClient; b: TestClient }> {
    const a = createTestClient(nodes.a.url);
    await a.register(`person ${(people += 1)}`);
    const b = createTestClient(nodes.b.url);
    b.token = a.token;
    return { a, b };
  }

  async function listen(client: TestClient, { url }: ServerProcess): Promise<Socket> {
    const socket = io(url, {
      path: REALTIME_PATH,
      auth: { token: client.token },
      transports: ['websocket'],
      forceNew: true,
    });
    sockets.push(socket);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  }
  const next = (socket: Socket, event: string) =>
    new Promise<unknown>((resolve) => socket.once(event, resolve));

  const storedText = async (client: TestClient, { chat_id }: { chat_id: string }) =>
    (await client.call('listMessagesOfChat', { params: { chat_id } })).messages.at(-1);
  /** Half of the words, the other half once the gate is open, and no ending. */
  function answerInTwoParts(): ReturnType<typeof createGate> {
    const gate = createGate();
    model.answerWith([
      ...words(1, 3),
      { do: 'hold', until: gate.until },
      ...words(4, 6),
      { do: 'hang' },
    ]);
    return gate;
  }
  const readiness = (client: TestClient) => async () => (await client.call('ready')).redis;

  it('are both ready, and say that they are connected', async () => {
    const { a, b } = await newPerson();
    expect([await readiness(a)(), await readiness(b)()]).toEqual(['connected', 'connected']);
  });

  it('read each other’s replies from the middle, and stop them: the provider is let go', async () => {
    const { a, b } = await newPerson();
    const gate = answerInTwoParts();
    const sent = await a.call('sendMessage', { body: { message: 'across' } });
    const here = await openReader(a, sent.reply);
    await here.until(4);
    const there = await openReader(b, sent.reply, 2);
    await there.until(2);
    expect(there.text()).toBe(textOf(2, 3));
    gate.open();
    await Promise.all([here.until(7), there.until(5)]);
    expect(there.text()).toBe(textOf(2, 6));

    const request = model.requestFor('across');
    await b.call('stopReply', { body: { chat_id: sent.chat_id } });
    expect(await request?.closed).toEqual({ wasWhole: false });
    const stopped = { event: 'message-end', data: { status: 'stopped' } };
    expect(await here.toEnd()).toMatchObject(stopped);
    expect(await there.toEnd()).toEqual(here.events.at(-1));
    expect(there.events).toEqual(here.events.slice(2));
    expect(await storedText(b, sent)).toMatchObject({ status: 'stopped', content: here.text() });
  });

  it('tell each other’s live connections what happened, and who signed out', async () => {
    const { a, b } = await newPerson();
    model.answerWith([...words(1, 2), { do: 'finish' }, { do: 'done' }]);
    const socket = await listen(b, nodes.b);
    const ended = next(socket, 'reply_ended');
    const { chat_id, reply } = await a.chat('hello');
    expect(await ended).toMatchObject({ message_id: reply.message_id, status: 'complete' });
    const voted = next(socket, 'vote_update');
    await a.call('castVote', { body: { message_id: reply.message_id, vote: 'upvote' } });
    expect(await voted).toMatchObject({ chat_id, vote: 'upvote' });

    model.answerWith([...words(1, 2), { do: 'hang' }]);
    const second = await a.call('sendMessage', { body: { message: 'more', chat_id } });
    const reader = await openReader(b, second.reply);
    await reader.until(3);
    const [reason, gone] = [next(socket, 'disconnect_reason'), next(socket, 'disconnect')];
    await a.call('logout');
    expect(await reason).toEqual({ code: 'session_revoked' });
    await gone;
    // Its streams as well: they end without an ending.
    expect(await reader.toEnd()).toBeUndefined();
  });

  it('start one reply when both are sent to in the same instant', async () => {
    const { a, b } = await newPerson();
    model.answerWith([...words(1, 2), { do: 'finish' }, { do: 'done' }]);
    const { chat_id } = await a.chat('first');
    model.answerWith([...words(1, 2), { do: 'hang' }]);
    for (let round = 0; round < 5; round += 1) {
      const body = { message: `round ${round}`, chat_id };
      const answers = await Promise.all(
        [a, b, b, a].map((client) => client.request('sendMessage', { body })),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
      for (const answer of answers.filter(({ status }) => status === 409)) {
        expect(answer.body).toMatchObject({ code: 'reply_in_progress' });
      }
      await (round % 2 ? a : b).call('stopReply', { body: { chat_id } });
    }
  });

  it('go on alone while Redis is away, say so, and find together again', async () => {
    const { a, b } = await newPerson();
    const gate = answerInTwoParts();
    const sent = await a.call('sendMessage', { body: { message: 'alone' } });
    const [here, there] = [await openReader(a, sent.reply), await openReader(b, sent.reply)];
    await Promise.all([here.until(4), there.until(4)]);

    await parts.redis.kill();
    await expect.poll(readiness(b)).toBe('degraded');
    await expect.poll(readiness(a)).toBe('degraded');
    gate.open();
    await Promise.all([here.until(7), there.until(7)]);
    expect(there.text()).toBe(textOf(1, 6));
    // The other node cannot be told; that is said, not hidden.
    const refused = await b.request('stopReply', { body: { chat_id: sent.chat_id } });
    expect([refused.status, refused.body]).toMatchObject([503, { code: 'reply_unreachable' }]);
    await a.call('stopReply', { body: { chat_id: sent.chat_id } });
    expect(await here.toEnd()).toMatchObject({ data: { status: 'stopped' } });
    expect(await there.toEnd()).toEqual(here.events.at(-1));
    expect(await storedText(b, sent)).toMatchObject({ status: 'stopped', content: there.text() });

    const socket = await listen(b, nodes.b);
    const reconnected = next(socket, 'connect');
    await parts.redis.restart();
    await expect.poll(readiness(b)).toBe('connected');
    await expect.poll(readiness(a)).toBe('connected');
    // What it missed is caught up with by connecting anew.
    await reconnected;
    model.answerWith([...words(1, 2), { do: 'hang' }]);
    const started = next(socket, 'reply_started');
    const { chat_id, reply } = await a.call('sendMessage', { body: { message: 'together' } });
    expect(await started).toMatchObject({ message_id: reply.message_id });
    const reader = await openReader(b, reply);
    await reader.until(3);
    await b.call('stopReply', { body: { chat_id } });
    expect(await reader.toEnd()).toMatchObject({ data: { status: 'stopped' } });
  });

  it('end the replies of one that was killed, and give its readers an ending', async () => {
    const { a, b } = await newPerson();
    model.answerWith([...words(1, 5), { do: 'hang' }]);
    const sent = await a.call('sendMessage', { body: { message: 'orphan' } });
    const [here, there] = [await openReader(a, sent.reply), await openReader(b, sent.reply)];
    await Promise.all([here.until(6), there.until(6)]);
    const socket = await listen(b, nodes.b);
    const ended = next(socket, 'reply_ended');
    await nodes.a.stop('SIGKILL');
    expect(await here.toEnd()).toBeUndefined();

    const interrupted = { event: 'message-error', data: { status: 'interrupted' } };
    expect(await there.toEnd()).toMatchObject(interrupted);
    expect(await ended).toMatchObject({ status: 'interrupted' });
    const back = await openReader(b, sent.reply, here.lastSeq());
    expect(await back.toEnd()).toMatchObject(interrupted);
    const stored = await storedText(b, sent);
    expect(stored).toMatchObject({ status: 'interrupted' });
    expect(here.text().startsWith(stored?.content ?? '-')).toBe(true);
  });
});
