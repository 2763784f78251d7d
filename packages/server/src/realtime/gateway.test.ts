import { REALTIME_PATH, REALTIME_EVENTS, type RealtimeEvent } from '@chat-playground/sdk/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccessTokens } from '../adapters/jwt/access-tokens.js';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, TEST_SECRET, type TestServer } from '../test-support/test-server.js';

const FRIEND = 'https://friend.example';

let server: TestServer;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await startTestServer({ corsOrigins: [FRIEND] });
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
afterAll(() => server.stop());

interface Listener {
  socket: Socket;
  /** All that has arrived, in order. */
  heard: RealtimeEvent[];
  /** The next event of this name. */
  next(event: string): Promise<unknown>;
}

function listen(token: unknown, options: object = {}, url = server.url): Listener {
  const socket = io(url, {
    path: REALTIME_PATH,
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  sockets.push(socket);
  const heard: RealtimeEvent[] = [];
  for (const event of REALTIME_EVENTS) {
    socket.on(event, (data) => heard.push({ event, data }));
  }
  return {
    socket,
    heard,
    next: (event) => new Promise((resolve) => socket.once(event, resolve)),
  };
}

async function listenAs(client: TestClient): Promise<Listener> {
  const listener = listen(client.token);
  await listener.next('connect');
  return listener;
}

describe('a live connection', () => {
  it('hears what its owner does, and nothing of anyone else', async () => {
    const [owner, stranger] = [await server.signUp(), await server.signUp()];
    const [ownersTab, strangersTab] = [await listenAs(owner), await listenAs(stranger)];

    const { chat_id, reply } = await owner.chat('hello');
    const { message_id } = reply;
    await owner.call('castVote', { body: { message_id, vote: 'upvote' } });
    await owner.call('updateChat', { params: { chat_id }, body: { chat_title: 'Mine' } });
    await owner.call('chooseBranch', { params: { chat_id }, body: { message_id } });
    const deleted = ownersTab.next('chat_deleted');
    await owner.call('deleteChat', { body: { chat_id } });
    await deleted;
    const restored = ownersTab.next('chat_created');
    const chat = await owner.call('restoreChat', { body: { chat_id } });
    expect(await restored).toEqual({ chat });

    expect(ownersTab.heard.map(({ event }) => event)).toEqual(
      expect.arrayContaining(REALTIME_EVENTS.filter((event) => event !== 'message_updated')),
    );
    expect(ownersTab.heard).toContainEqual({
      event: 'vote_update',
      data: { chat_id, message_id, vote: 'upvote', version: expect.any(Number) },
    });

    // The stranger's own fact arrives, so whatever of the owner's was sent to them would have too.
    const own = strangersTab.next('reply_ended');
    const { chat_id: theirs } = await stranger.chat('hello');
    await own;
    const chats = strangersTab.heard.map(({ data }) => {
      if ('chat' in data) return data.chat.chat_id;
      return 'message' in data ? data.message.chat_id : data.chat_id;
    });
    expect(new Set(chats)).toEqual(new Set([theirs]));
  });

  it('cannot join another’s room or make others hear it', async () => {
    const [owner, stranger] = [await server.signUp(), await server.signUp()];
    const [ownersTab, strangersTab] = [await listenAs(owner), await listenAs(stranger)];
    const { user_id } = owner.user;
    strangersTab.socket.emit('join', `user:${user_id}`);
    strangersTab.socket.emit('subscribe', { room: `user:${user_id}` });
    strangersTab.socket.emit('chat_deleted', { chat_id: 'x', room: `user:${user_id}` });
    const heard = strangersTab.next('reply_ended');
    const told = ownersTab.next('reply_ended');
    const { chat_id } = await owner.chat('hello');
    await told;
    await stranger.chat('hello');
    await heard;
    expect(JSON.stringify(strangersTab.heard)).not.toContain(chat_id);
    expect(ownersTab.heard.map(({ event }) => event)).not.toContain('chat_deleted');
  });

  it.each([
    ['no token', undefined],
    ['a token of another kind', { $ne: '' }],
    ['nonsense', 'nonsense'],
  ])('is refused with %s', async (_, token) => {
    const { socket } = listen(token);
    const error = await new Promise<Error & { data?: unknown }>((resolve) =>
      socket.once('connect_error', resolve),
    );
    expect(error.data).toMatchObject({ code: 'unauthenticated' });
    expect(socket.connected).toBe(false);
  });

  it('is refused to pages of sites that are not on the list', async () => {
    const { token } = await server.signUp();
    const from = (origin: string) => listen(token, { extraHeaders: { origin } });
    const evil = from('https://evil.example');
    await evil.next('connect_error');
    expect(evil.socket.connected).toBe(false);
    const friend = from(FRIEND);
    await friend.next('connect');
    expect(friend.socket.connected).toBe(true);
  });

  it('ends when its session does, and others go on', async () => {
    const client = await server.signUp();
    const elsewhere = server.nobody();
    const { token } = await elsewhere.call('login', {
      body: { email: client.user.email, password: 'correct horse battery staple' },
    });
    elsewhere.token = token;
    const [here, there] = [await listenAs(client), await listenAs(elsewhere)];
    const [reason, disconnected] = [here.next('disconnect_reason'), here.next('disconnect')];
    await client.call('logout');
    expect(await reason).toEqual({ code: 'session_revoked' });
    await disconnected;
    expect(there.socket.connected).toBe(true);
    const again = listen(client.token);
    await again.next('connect_error');
  });

  it('ends when too much is sent through it', async () => {
    const { socket, next } = await listenAs(await server.signUp());
    const disconnected = next('disconnect');
    socket.emit('anything', 'x'.repeat(100_000));
    await disconnected;
  });
});

describe('a connection whose token runs out', () => {
  it('is told so and ended', async () => {
    const clock = { now: () => Date.now() };
    const tokens = createAccessTokens({ secret: TEST_SECRET, clock });
    const brief = await startTestServer({
      accessTokens: {
        ...tokens,
        verify: async (token) => ({ ...(await tokens.verify(token)), expiresAt: clock.now() + 1 }),
      },
    });
    const client = await brief.signUp();
    const { next } = listen(client.token, {}, brief.url);
    const [reason, disconnected] = [next('disconnect_reason'), next('disconnect')];
    expect(await reason).toEqual({ code: 'token_expired' });
    await disconnected;
    await brief.stop();
  });
});
