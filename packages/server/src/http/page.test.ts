import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

const PAGE =
  '<!doctype html><title>Playground</title><script src="./assets/index-4f2a.js"></script>';
/** As it is sent, to a page so many folders below the server's root. */
const pageFrom = (root: string) => PAGE.replace('./', root);
const SCRIPT = `export const text = '${'x'.repeat(5_000)}';`;

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
  const site = join(folder, 'site');
  await mkdir(join(site, 'assets'), { recursive: true });
  await writeFile(join(site, 'index.html'), PAGE);
  await writeFile(join(site, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(site, 'assets', 'index-4f2a.js'), SCRIPT);
  await writeFile(join(site, '.env'), 'hidden');
  await writeFile(join(folder, 'secret.txt'), 'hidden');
  server = await startTestServer({ playgroundDirectory: site });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** A request whose path nobody tidies up on the way. */
function getRaw(path: string): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    outgoing.on('error', reject).end();
  });
}

describe('the page', () => {
  it.each(['/', '/chat/019a0000-0000-7000-8000-000000000000'])(
    'is at %s, always fresh',
    async (path) => {
      const response = await fetch(server.url + path);
      const root = path === '/' ? './' : '../';
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe(pageFrom(root));
    },
  );

  it('has its hashed files kept for good, and compressed', async () => {
    const response = await fetch(`${server.url}/assets/index-4f2a.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(await response.text()).toBe(SCRIPT);
  });

  it('has its other files asked about again', async () => {
    const response = await fetch(`${server.url}/favicon.svg`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=0');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/.env',
    '/%00',
    '/index.html%00.js',
    '/assets/',
    '/assets',
    '/chat/a/b',
    '/%E0%A4%A',
    '/nothing',
  ])('is not a way to other files: %s', async (path) => {
    const { status, text } = await getRaw(path);
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ code: 'not_found' });
  });
});

it('says how to build the page when it has not been built', async () => {
  const bare = await startTestServer();
  const response = await fetch(bare.url);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining('npm run build'),
  });
  await bare.stop();
});
