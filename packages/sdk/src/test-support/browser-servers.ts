import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { TestProject } from 'vitest/node';
import { API_PREFIX, REALTIME_PATH } from '../protocol/wire-names.js';
import { createReplayServer, listenReplay, type ReplayServer } from '../testing/index.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A replay server on a port: every stream's first two connections break. */
    replayUrl: string;
    /** A socket.io server that lets everyone in. */
    socketUrl: string;
  }
}

const BREAKING_CONNECTIONS = 2;
const BROKEN_AFTER_BYTES = 600;

/** Lets pages of other origins in, as a real server does by its list of origins. */
function withCors(server: ReplayServer): ReplayServer {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*, authorization',
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  };
  return {
    ...server,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
      const response = await server.fetch(request);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    },
  };
}

/** Everyone may come in; `/api/emit` sends an event to all, `/api/drop` ends all connections. */
async function startSocketServer() {
  const http = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === `${API_PREFIX}/emit`) io.emit('chat_deleted', { chat_id: 'told' });
    if (request.url === `${API_PREFIX}/drop`) io.disconnectSockets(true);
    response.end();
  });
  const io = new Server(http, { path: REALTIME_PATH, cors: { origin: '*' } });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  return { url, close: () => io.close() };
}

/** The servers that browser tests reach over the network; they live in Node beside the browser. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const replay = await listenReplay(
    withCors(
      createReplayServer({
        cutAfter: (connection) =>
          connection < BREAKING_CONNECTIONS ? BROKEN_AFTER_BYTES : undefined,
      }),
    ),
  );
  const sockets = await startSocketServer();
  project.provide('replayUrl', replay.url);
  project.provide('socketUrl', sockets.url);
  return async () => {
    await replay.close();
    await sockets.close();
  };
}
