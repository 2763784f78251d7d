import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import { expressMessages } from './express-messages.js';

let server: Server;
afterEach(() => void server.close());

it('makes what Express need not change, and has all of its methods', async () => {
  const app = express();
  const seen: object[][] = [];
  const prototypes = (...made: object[]) => made.map((one) => Object.getPrototypeOf(one) as object);
  app.get('/', (request, response) => {
    seen.push(prototypes(request, response));
    const isMade = request instanceof IncomingMessage && response instanceof ServerResponse;
    response.status(201).json({ isMade, accepts: request.get('accept'), app: request.app === app });
  });
  server = createServer(expressMessages(app), (request, response) => {
    seen.push(prototypes(request, response));
    app(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/x' } });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({ isMade: true, accepts: 'text/x', app: true });
  const [before, after] = seen;
  expect(before?.every((prototype, index) => prototype === after?.[index])).toBe(true);
});
