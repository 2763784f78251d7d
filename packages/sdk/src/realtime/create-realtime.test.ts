import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StoredSession } from '../chat-client.js';
import { REALTIME_PATH } from '../protocol/wire-names.js';
import { failureOf } from '../test-support/failure-of.js';
import { createRealtime, type RealtimeOptions } from './create-realtime.js';
import type { ConnectionStatus, Realtime } from './realtime.js';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const end of endings.splice(0).reverse()) await end();
});

/** A real socket.io server that lets in whoever has the current token. */
async function startServer(options: { websocket?: boolean } = {}) {
  const http = createServer();
  const io = new Server(http, {
    path: REALTIME_PATH,
    ...(options.websocket === false && { transports: ['polling'] }),
  });
  const state = { token: 'token-1', refused: [] as unknown[], sockets: [] as Socket[] };
  io.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    if (token === state.token) return next();
    state.refused.push(token);
    return next(Object.assign(new Error('no'), { data: { code: 'token_expired' } }));
  });
  io.on('connection', (socket) => state.sockets.push(socket));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  endings.push(() => io.close());
  return { ...state, state, io, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

function sessionOf(userId: string): StoredSession {
  const user = { user_id: userId, username: userId, email: '', created_at: '' };
  return { token: 'token-1', refresh_token: null, expires_at: 0, user };
}

function createAuth(first: StoredSession | null) {
  let session = first;
  let tell: (session: StoredSession | null) => void = () => undefined;
  const auth: RealtimeOptions['auth'] = {
    source: 'storage',
    session: () => session,
    onSessionChange: (listener) => {
      tell = listener;
      return () => undefined;
    },
  };
  return {
    auth,
    change: (next: StoredSession | null) => {
      session = next;
      tell(next);
    },
  };
}

function open(url: string, overrides: Partial<RealtimeOptions> = {}): Realtime {
  const realtime = createRealtime({
    url,
    authorizer: { token: async () => 'token-1', renew: async () => null },
    auth: createAuth(sessionOf('alice')).auth,
    ...overrides,
  });
  endings.push(() => realtime.disconnect());
  return realtime;
}

const reached = (realtime: Realtime, wanted: ConnectionStatus) =>
  new Promise<void>((resolve) => {
    const remove = realtime.onStatus((status) => {
      if (status !== wanted) return;
      remove();
      resolve();
    });
  });

describe('the live connection', () => {
  it('brings the server’s events and tells its status', async () => {
    const server = await startServer();
    const realtime = open(server.url);
    const statuses: ConnectionStatus[] = [];
    realtime.onStatus((status) => statuses.push(status));
    const told = new Promise((resolve) => realtime.onEvent(resolve));
    expect(realtime.status()).toBe('idle');
    await realtime.connect();
    server.io.emit('chat_deleted', { chat_id: 'c' });
    expect(await told).toEqual({ event: 'chat_deleted', data: { chat_id: 'c' } });
    realtime.disconnect();
    expect(statuses).toEqual(['connecting', 'online', 'idle']);
  });

  it('works below a path and with an address that ends in /api', async () => {
    const server = await startServer();
    const realtime = open(`${server.url}/api/`);
    await realtime.connect();
    expect(realtime.status()).toBe('online');
  });

  it('uses long polling where websockets are blocked', async () => {
    const server = await startServer({ websocket: false });
    const realtime = open(server.url);
    await realtime.connect();
    expect(server.state.sockets[0]?.conn.transport.name).toBe('polling');
  });

  it('renews a refused token and comes back with the new one', async () => {
    const server = await startServer();
    let token = 'old';
    const realtime = open(server.url, {
      authorizer: {
        token: async () => token,
        renew: async (refused) => {
          expect(refused).toBe('old');
          return (token = 'token-1');
        },
      },
    });
    expect((await failureOf(realtime.connect())).code).toBe('network');
    await reached(realtime, 'online');
    expect(server.state.refused).toEqual(['old']);
  });

  it('comes back after the server ended the connection, with a current token', async () => {
    const server = await startServer();
    const tokens = ['token-1', 'token-2'];
    const realtime = open(server.url, {
      authorizer: { token: async () => tokens.shift() ?? null, renew: async () => null },
    });
    await realtime.connect();
    const offline = reached(realtime, 'offline');
    server.state.token = 'token-2';
    server.io.disconnectSockets(true);
    await offline;
    await reached(realtime, 'online');
    expect(server.state.refused).toEqual([]);
  });

  it('opens one connection however often it is asked to', async () => {
    const server = await startServer();
    const realtime = open(server.url);
    await Promise.all([realtime.connect(), realtime.connect()]);
    await realtime.connect();
    expect(server.state.sockets).toHaveLength(1);
  });

  const request = () => Promise.reject(new Error('asked for a lock'));
  it.each([
    ['in Node', { navigator: { locks: { request } } }],
    ['without Web Locks', { document: new EventTarget(), navigator: {} }],
    [
      'without BroadcastChannel',
      {
        document: new EventTarget(),
        navigator: { locks: { request } },
        BroadcastChannel: undefined,
      },
    ],
  ])('is each client’s own %s', async (_, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const server = await startServer();
    const both = [open(server.url, { lockName: 'x' }), open(server.url, { lockName: 'x' })];
    await Promise.all(both.map((realtime) => realtime.connect()));
    expect(server.state.sockets).toHaveLength(2);
  });

  it('refuses without a user, and ends when the user changes', async () => {
    const server = await startServer();
    const { auth, change } = createAuth(null);
    const realtime = open(server.url, { auth });
    expect((await failureOf(realtime.connect())).code).toBe('unauthenticated');
    change(sessionOf('alice'));
    await realtime.connect();
    change({ ...sessionOf('alice'), token: 'token-2' });
    expect(realtime.status()).toBe('online');
    change(sessionOf('bob'));
    expect(realtime.status()).toBe('idle');
  });

  it('does not connect after all when it was ended while loading', async () => {
    const server = await startServer();
    const realtime = open(server.url);
    const connecting = failureOf(realtime.connect());
    realtime.disconnect();
    await connecting;
    expect(realtime.status()).toBe('idle');
    expect(server.state.sockets).toHaveLength(0);
  });
});
