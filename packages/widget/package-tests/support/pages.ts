import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ReplayServer } from '@chat-playground/sdk/testing';

/** As the reference server sends it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
};

const standalone = fileURLToPath(new URL('../../dist/standalone/', import.meta.url));

export interface ServedPages {
  url: string;
  close: () => Promise<void>;
}

/**
 * Serves pages under a strict policy, the standalone file below `/widget/`, and a server's API.
 *
 * @param files texts by path
 */
export async function servePages(
  files: Readonly<Record<string, string>>,
  api: ReplayServer,
): Promise<ServedPages> {
  const server = createServer((request, response) => {
    void answer(request, response, files, api).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: Readonly<Record<string, string>>,
  api: ReplayServer,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.startsWith('/api/')) return handOn(request, response, api);
  const text = path.startsWith('/widget/')
    ? await readFile(join(standalone, path.slice('/widget/'.length)))
    : files[path];
  if (text === undefined) throw new Error(`There is no ${path}.`);
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? TYPES['.html'],
    'content-security-policy': POLICY,
  });
  response.end(text);
}

async function handOn(
  request: IncomingMessage,
  response: ServerResponse,
  api: ReplayServer,
): Promise<void> {
  const hasBody = request.method !== 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const answered = await api.fetch(`http://replay${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers,
    ...(hasBody && { body: await readWhole(request) }),
  });
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (answered.body === null) return void response.end();
  Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0]).pipe(response);
}

async function readWhole(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
