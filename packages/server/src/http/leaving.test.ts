import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { afterEach, expect, it } from 'vitest';
import { startTestServer } from '../test-support/test-server.js';
import { createErrorMiddleware } from './errors.js';

const removals: (() => unknown)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0).reverse()) await remove();
});

/** A server of one route, and what it logs as an error. */
async function serve(route: (request: Request, response: Response) => Promise<void>) {
  const logged: unknown[] = [];
  const log = (fields: object) => void logged.push(fields);
  const app = express();
  const ended = new Promise<void>((resolve) => {
    app.get('/', (request, response) =>
      route(request, response).finally(() => setImmediate(resolve)),
    );
  });
  app.use(createErrorMiddleware({ info: log, warn: log, error: log }));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  removals.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, logged, ended };
}

/** Asks, and tears the connection once the first byte is there. */
async function askAndReset(port: number, request: string): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(request);
  await once(socket, 'data');
  socket.resetAndDestroy();
}

const coded = (code: string, name = 'Error') =>
  Object.assign(new Error(`write ${code}`), { code, name });
const GET = 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n';

it.each([
  coded('ECONNRESET'),
  coded('EPIPE'),
  coded('ERR_STREAM_PREMATURE_CLOSE'),
  coded('ERR_STREAM_DESTROYED'),
  coded('ABORT_ERR', 'AbortError'),
  new DOMException('gone', 'AbortError'),
])('a reader who leaves is no error: $message', async (error) => {
  const { port, logged, ended } = await serve(async (_request, response) => {
    response.write('some');
    await once(response, 'close');
    throw error;
  });
  await askAndReset(port, GET);
  await ended;
  expect(logged).toEqual([]);
});

it('the same error is one while the reader is there, and so is our own mistake after the reader left', async () => {
  const other = await serve(() => Promise.reject(coded('ECONNRESET')));
  expect((await fetch(`http://127.0.0.1:${other.port}`)).status).toBe(500);
  expect(other.logged).toHaveLength(1);

  const { port, logged, ended } = await serve(async (_request, response) => {
    response.write('some');
    await once(response, 'close');
    throw new TypeError('our mistake');
  });
  await askAndReset(port, GET);
  await ended;
  expect(logged).toMatchObject([{ err: { message: 'our mistake' } }]);
});

it('streams, exports and uploads that are torn leave no error and no stack in the log', async () => {
  const server = await startTestServer();
  removals.push(() => server.stop());
  const client = await server.signUp();
  const { chat_id } = await client.chat('word '.repeat(20_000));
  const { port } = new URL(server.url);
  const head = (line: string) =>
    `${line} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${client.token}\r\n`;
  await askAndReset(Number(port), `${head(`GET /api/chats/stream?chat_id=${chat_id}`)}\r\n`);
  await askAndReset(Number(port), `${head('GET /api/users/me/export')}\r\n`);
  const upload = `${head('POST /api/chats')}content-type: application/json\r\ncontent-length: 9999\r\nexpect: 100-continue\r\n\r\n{"mess`;
  await askAndReset(Number(port), upload);
  // Every request has its line once it is over.
  await expect
    .poll(
      () => server.logLines().filter((line) => /stream|export|"\/api\/chats"/.test(line)).length,
    )
    .toBeGreaterThanOrEqual(4);
  const faults = server.logLines().filter((line) => /"level":[56]0|stack| {4}at /.test(line));
  expect(faults).toEqual([]);
});
