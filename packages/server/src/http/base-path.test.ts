import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REALTIME_PATH } from '@chat-playground/sdk/protocol';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-support/test-server.js';
import { isBasePath } from './base-path.js';

const PAGE = '<link rel="stylesheet" href="./assets/a.css"><p title="href=./">./</p>';
const sent = (root: string) =>
  `<link rel="stylesheet" href="${root}assets/a.css"><p title="href=./">./</p>`;

let playgroundDirectory: string;
let server: TestServer | undefined;
beforeAll(async () => {
  playgroundDirectory = await mkdtemp(join(tmpdir(), 'playground-'));
  await mkdir(join(playgroundDirectory, 'assets'));
  await writeFile(join(playgroundDirectory, 'index.html'), PAGE);
  await writeFile(join(playgroundDirectory, 'assets', 'a.css'), 'p {}');
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(() => rm(playgroundDirectory, { recursive: true }));

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server?.url}${path}`, { headers });
  return { status: response.status, text: await response.text() };
};
const serversOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { servers: unknown }).servers;

describe('a proxy that takes its path off', () => {
  it('need not say so: the page finds its files from where it is', async () => {
    server = await startTestServer({ playgroundDirectory });
    expect((await get('/')).text).toBe(sent('./'));
    expect((await get('/?a=b')).text).toBe(sent('./'));
    expect((await get('/chat/one')).text).toBe(sent('../'));
    expect((await get('/chat/one/')).text).toBe(sent('../../'));
    expect(serversOf(await get('/api/openapi.json'))).toEqual([{ url: '/' }]);
  });

  it('is believed if it is trusted, and says what is a path', async () => {
    server = await startTestServer({ playgroundDirectory, trustProxy: 1 });
    const seen = async (prefix: string) =>
      (await get('/chat/one', { 'x-forwarded-prefix': prefix })).text;
    expect(await seen('/tools/chat')).toBe(sent('/tools/chat/'));
    expect(await seen('/tools/chat/')).toBe(sent('/tools/chat/'));
    for (const nonsense of [
      '',
      '/',
      '//evil.example',
      'https://evil.example',
      '/a/../b',
      '/"><script>',
      '/a b',
      '/$&',
    ]) {
      expect(await seen(nonsense)).toBe(sent('../'));
    }
    const described = await get('/api/openapi.json', { 'x-forwarded-prefix': '/tools' });
    expect(serversOf(described)).toEqual([{ url: '/tools' }]);
  });

  it('is not believed otherwise', async () => {
    server = await startTestServer({ playgroundDirectory });
    expect((await get('/', { 'x-forwarded-prefix': '/evil' })).text).toBe(sent('./'));
  });
});

describe('a proxy that leaves its path on', () => {
  it('is served below the path, page, files, API and sockets, and so is who comes without', async () => {
    server = await startTestServer({ playgroundDirectory, basePath: '/chat' });
    const client = await server.signUp();
    for (const path of ['/chat', '/chat/', '/chat?x', '/chat/chat/one', '/']) {
      expect((await get(path)).text).toBe(sent('/chat/'));
    }
    expect(await get('/chat/assets/a.css')).toEqual({ status: 200, text: 'p {}' });
    expect(await get('/chat/api/health')).toMatchObject({ status: 200 });
    expect(await get('/api/health')).toMatchObject({ status: 200 });
    expect(await get('/chatter/api/health')).toMatchObject({ status: 404 });
    expect(serversOf(await get('/chat/api/openapi.json'))).toEqual([{ url: '/chat' }]);
    for (const [path, transport] of [
      [`/chat${REALTIME_PATH}`, 'websocket'],
      [`/chat${REALTIME_PATH}`, 'polling'],
      [REALTIME_PATH, 'websocket'],
    ] as const) {
      const socket = io(server.url, {
        path,
        transports: [transport],
        auth: { token: client.token },
        forceNew: true,
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('connect_error', reject);
      });
      socket.close();
    }
  });
});

it.each(['/a', '/a/b-c/~d', '/a.b', '/..a'])('%s is a path to be below', (path) => {
  expect(isBasePath(path)).toBe(true);
});
it.each([
  '',
  '/',
  'a',
  '/a/',
  '//a',
  '/..',
  '/a/../b',
  '/a/.',
  '/a?b',
  '/a%20b',
  '/a"b',
  `/${'a'.repeat(101)}`,
])('%s is not', (path) => {
  expect(isBasePath(path)).toBe(false);
});
