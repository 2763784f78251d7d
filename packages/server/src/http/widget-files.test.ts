import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

const SCRIPT = `import('./chunks/late-4f2a.js'); // ${'x'.repeat(5_000)}`;
const CHUNK = `export const text = '${'x'.repeat(5_000)}';`;
const OTHER_SITE = { headers: { origin: 'https://shop.example.com' } };

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widget-files-'));
  const standalone = join(folder, 'standalone');
  await mkdir(join(standalone, 'chunks'), { recursive: true });
  await writeFile(join(standalone, 'chat-playground.js'), SCRIPT);
  await writeFile(join(standalone, 'chunks', 'late-4f2a.js'), CHUNK);
  await writeFile(join(folder, 'secret.txt'), 'hidden');
  server = await startTestServer({
    standaloneDirectory: standalone,
    corsOrigins: ['https://listed.example.com'],
  });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function expectForAnyPage(response: Response): void {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(response.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
}

describe('the file for a script tag', () => {
  it.each(['https://shop.example.com', 'https://listed.example.com'])(
    'is given to a page of %s, fresh each time',
    async (origin) => {
      const response = await fetch(`${server.url}/widget/chat-playground.js`, {
        headers: { origin },
      });
      expectForAnyPage(response);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe(SCRIPT);
    },
  );

  it('is not sent again to a page that has it already', async () => {
    const address = `${server.url}/widget/chat-playground.js`;
    const etag = (await fetch(address)).headers.get('etag') ?? '';
    // Of its own accord fetch would ask past every cache.
    const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    expect((await fetch(address, { headers })).status).toBe(304);
  });

  it('has its chunks kept for good', async () => {
    const response = await fetch(`${server.url}/widget/chunks/late-4f2a.js`, OTHER_SITE);
    expectForAnyPage(response);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe(CHUNK);
  });

  it.each(['/widget', '/widget/', '/widget/chunks/', '/widget/..%2fsecret.txt', '/widget/nothing'])(
    'is not a way to other files: %s',
    async (path) => {
      const response = await fetch(server.url + path, OTHER_SITE);
      expect(response.status).toBe(404);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(await response.json()).toMatchObject({ code: 'not_found' });
    },
  );

  it('opens the API to no page by being there', async () => {
    const response = await fetch(`${server.url}/api/health`, OTHER_SITE);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
