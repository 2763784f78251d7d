import {
  REALTIME_PATH,
  REPLY_EVENTS,
  REPLY_STREAMS,
  type StreamEvent,
} from '@chat-playground/sdk/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEchoProvider, type EchoProvider } from '../test-support/echo-provider.js';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

let provider: EchoProvider;
let server: TestServer;
let owner: TestClient;
const sockets: Socket[] = [];
beforeEach(async () => {
  provider = createEchoProvider();
  server = await startTestServer({ providers: [provider] });
  owner = await server.signUp();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await server.stop();
});

interface Reading {
  socket: Socket;
  events: StreamEvent[];
  /** Settles when the stream is over, with the error it was refused with, if it was. */
  over: Promise<unknown>;
  first: Promise<void>;
}

/** Reads a reply by a socket; `takes` says whether what comes is acknowledged. */
function read(auth: Record<string, unknown>, takes: () => boolean = () => true): Reading {
  const transports = ['websocket'];
  const options = { path: REALTIME_PATH, transports, reconnection: false, forceNew: true, auth };
  const socket = io(server.url + REPLY_STREAMS, options);
  sockets.push(socket);
  const events: StreamEvent[] = [];
  let begin: () => void;
  const first = new Promise<void>((resolve) => (begin = resolve));
  socket.on(REPLY_EVENTS, (batch: StreamEvent[], taken?: () => void) => {
    events.push(...batch);
    begin();
    if (takes()) taken?.();
  });
  const over = new Promise<unknown>((resolve) => {
    socket.once('disconnect', () => resolve(undefined));
    socket.once('connect_error', (error) => resolve((error as { data?: unknown }).data));
  });
  return { socket, events, over, first };
}

const textOf = (events: readonly StreamEvent[]) =>
  events.map((one) => (one.event === 'text-delta' ? one.data.delta : '')).join('');

describe('a reply read by a socket of its own', () => {
  it('is the same, event by event, as by HTTP, from the beginning and from any number on', async () => {
    const { chat_id, reply } = await owner.chat('one two three four');
    const { message_id } = reply;
    const response = await owner.open('streamReply', { query: { chat_id } });
    const frames = (await response.text()).trim().split('\n\n');
    const byHttp = frames.map((frame) => /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(frame));
    const { token } = owner;
    for (const from of [0, 1, 3, byHttp.length - 1]) {
      const last_event_id = from === 0 ? undefined : String(from);
      const { events, over } = read({ token, chat_id, message_id, last_event_id });
      expect(await over).toBeUndefined();
      expect(
        events.map(({ seq, event, data }) => [String(seq), event, JSON.stringify(data)]),
      ).toEqual(byHttp.slice(from).map((match) => match?.slice(1)));
    }
  });

  it('comes while it is written, and ends with it', async () => {
    const { chat_id } = await owner.call('sendMessage', {
      body: { message: 'please wait for it' },
    });
    const reading = read({ token: owner.token, chat_id });
    await reading.first;
    expect(textOf(reading.events)).not.toContain('it');
    provider.finish();
    await reading.over;
    expect(textOf(reading.events)).toBe('please wait for it');
    expect(reading.events.at(-1)?.event).toBe('message-end');
  });

  it('sends nothing more before what was sent is taken, and loses nothing by that', async () => {
    const { chat_id } = await owner.call('sendMessage', { body: { message: 'a wait b c d e f' } });
    let takes = false;
    let acknowledge: (() => void) | undefined;
    const reading = read({ token: owner.token, chat_id }, () => takes);
    reading.socket.on(REPLY_EVENTS, (_: unknown, taken?: () => void) => (acknowledge ??= taken));
    await reading.first;
    const seen = reading.events.length;
    provider.finish();
    // The reply is over by then, and only this reader has not heard.
    await (await owner.open('streamReply', { query: { chat_id } })).text();
    expect(reading.events).toHaveLength(seen);
    takes = true;
    acknowledge?.();
    await reading.over;
    expect(textOf(reading.events)).toBe('a wait b c d e f');
  });

  it.each(['logout', 'revokeOtherSessions', 'deleteAccount'] as const)(
    'ends with its session: %s',
    async (how) => {
      const { chat_id } = await owner.call('sendMessage', { body: { message: 'please wait' } });
      const reading = read({ token: owner.token, chat_id });
      await reading.first;
      const email = owner.user.email;
      const password = 'correct horse battery staple';
      const elsewhere = server.nobody();
      elsewhere.token = (await elsewhere.call('login', { body: { email, password } })).token;
      const by = how === 'logout' ? owner : elsewhere;
      await by.request(how, how === 'deleteAccount' ? { body: { password } } : {});
      await reading.over;
      expect(reading.events.map(({ event }) => event)).not.toContain('message-end');
      expect(await read({ token: owner.token, chat_id }).over).toMatchObject({
        code: expect.stringMatching(/session_revoked|unauthenticated/),
      });
    },
  );
});

describe('a socket for a reply is refused', () => {
  it('to everyone but its owner, like one that does not exist', async () => {
    const { chat_id, reply } = await owner.chat('mine alone');
    const { message_id } = reply;
    const stranger = await server.signUp();
    const own = await stranger.chat('theirs');
    const refused = async (auth: object) => {
      const { over, events } = read({ token: stranger.token, ...auth });
      const refusal = await over;
      expect(events).toEqual([]);
      return refusal;
    };
    const missing = await refused({ chat_id: '01a00000-0000-7000-8000-000000000000' });
    expect(missing).toMatchObject({ code: 'not_found' });
    expect(await refused({ chat_id })).toEqual(missing);
    expect(await refused({ chat_id, message_id })).toEqual(missing);
    expect(await refused({ chat_id: own.chat_id, message_id })).toMatchObject({
      code: 'not_found',
    });
    // The same by the owner.
    const allowed = read({ token: owner.token, chat_id, message_id });
    await allowed.over;
    expect(textOf(allowed.events)).toBe('mine alone');
  });

  it('without a token or with one that is none, and for what is no request', async () => {
    const { chat_id } = await owner.chat('hello');
    for (const token of [undefined, 'nonsense', { $ne: '' }]) {
      expect(await read({ token, chat_id }).over).toMatchObject({ code: 'unauthenticated' });
    }
    const { token } = owner;
    for (const odd of [
      {},
      { chat_id: { $ne: '' } },
      { chat_id, last_event_id: -1 },
      { chat_id, message_id: ['x'] },
    ]) {
      expect(await read({ token, ...odd }).over).toMatchObject({ code: 'invalid_request' });
    }
  });

  it('and hears no news, whatever it asks for', async () => {
    const { chat_id } = await owner.call('sendMessage', { body: { message: 'please wait' } });
    const reading = read({ token: owner.token, chat_id });
    const heard: unknown[] = [];
    reading.socket.onAny((event) => event !== REPLY_EVENTS && heard.push(event));
    await reading.first;
    reading.socket.emit('subscribe', `user:${owner.user.user_id}`);
    await owner.call('updateChat', { params: { chat_id }, body: { chat_title: 'News' } });
    provider.finish();
    await reading.over;
    expect(heard).toEqual([]);
  });
});
