import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** What may be wrong with a proxy. With nothing wrong it passes everything on as it comes. */
export interface Trouble {
  /** Sends an answer only when it has all of it. */
  isBuffering?: boolean;
  /** Knows nothing of upgrades: passes them on as ordinary requests, without their headers. */
  dropsUpgrades?: boolean;
  /** Closes a connection on which so many milliseconds nothing came. */
  idleMs?: number;
  requestHeaders?(headers: IncomingHttpHeaders): OutgoingHttpHeaders;
  answerHeaders?(headers: IncomingHttpHeaders): OutgoingHttpHeaders;
  /** Answers by itself where it gives an answer. */
  answer?(request: IncomingMessage): { status: number; headers?: OutgoingHttpHeaders } | undefined;
}

export interface TroubledProxy {
  url: string;
  stop(): Promise<void>;
}

/** A reverse proxy in front of a server, with troubles of its own. */
export async function startTroubledProxy(
  upstream: string,
  trouble: Trouble = {},
): Promise<TroubledProxy> {
  const forward = (incoming: IncomingMessage) => {
    const { requestHeaders = (headers) => headers, dropsUpgrades } = trouble;
    const headers = { ...requestHeaders(incoming.headers) };
    if (dropsUpgrades) delete headers['upgrade'];
    return httpRequest(upstream + incoming.url, { method: incoming.method ?? 'GET', headers });
  };
  const server = createServer((incoming, response) => {
    const own = trouble.answer?.(incoming);
    if (own) {
      response.writeHead(own.status, own.headers).end('<p>A proxy speaks.</p>');
      return;
    }
    const outgoing = forward(incoming);
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', (answer) => void passOn(answer, response, trouble));
    incoming.pipe(outgoing);
  });
  if (!trouble.dropsUpgrades) {
    server.on('upgrade', (incoming, socket) => upgrade(forward(incoming), socket));
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function passOn(answer: IncomingMessage, response: ServerResponse, trouble: Trouble) {
  const { answerHeaders = (headers) => headers, isBuffering, idleMs } = trouble;
  response.on('close', () => answer.destroy());
  answer.on('error', () => response.destroy());
  response.writeHead(answer.statusCode ?? 502, answerHeaders(answer.headers));
  if (isBuffering) {
    response.end(await buffer(answer));
    return;
  }
  if (idleMs !== undefined) answer.setTimeout(idleMs, () => response.destroy());
  answer.pipe(response);
}

function upgrade(outgoing: ReturnType<typeof httpRequest>, socket: Duplex): void {
  socket.on('error', () => outgoing.destroy());
  outgoing.on('error', () => socket.destroy());
  outgoing.on('response', (answer) => {
    socket.write(
      `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nconnection: close\r\n\r\n`,
    );
    answer.pipe(socket);
  });
  outgoing.on('upgrade', (answer, far, head) => {
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    socket.write(head);
    far.on('error', () => socket.destroy());
    far.pipe(socket).pipe(far);
  });
  outgoing.end();
}
