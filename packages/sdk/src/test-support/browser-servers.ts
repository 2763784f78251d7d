import type { TestProject } from 'vitest/node';
import { createReplayServer, listenReplay, type ReplayServer } from '../testing/index.js';
import { startSocketServer } from './socket-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A replay server on a port: every stream's first two connections break. */
    replayUrl: string;
    /** A socket.io server that lets everyone in. */
    socketUrl: string;
    /** One that offers no websocket. */
    pollingUrl: string;
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
  const polling = await startSocketServer({ transports: ['polling'] });
  project.provide('socketUrl', sockets.url);
  project.provide('pollingUrl', polling.url);
  return async () => {
    await replay.close();
    await sockets.close();
    await polling.close();
  };
}
