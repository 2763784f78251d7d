import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatClient } from '@chat-playground/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../../e2e/support/server-process.js';
import { isInstalled, runCaddyPath, runNginxPath, type RunningProxy } from './support/run-proxy.js';

const PATH = '/playground';
const nginx = isInstalled('nginx', '-v');
const caddy = isInstalled('caddy', 'version');

describe.each([
  ['nginx, which takes it off', nginx, runNginxPath, false],
  ['nginx, which leaves it on', nginx, runNginxPath, true],
  ['caddy, which takes it off', caddy, runCaddyPath, false],
  ['caddy, which leaves it on', caddy, runCaddyPath, true],
] as const)('below a path of %s', (name, isThere, run, keepsPath) => {
  let folder: string;
  let server: ServerProcess;
  let proxy: RunningProxy;

  beforeAll(async () => {
    if (!isThere) return;
    folder = await mkdtemp(join(tmpdir(), 'path-'));
    const env = { TRUST_PROXY: '1', ...(keepsPath && { BASE_PATH: PATH }) };
    server = await startServer({ env });
    proxy = await run(folder, new URL(server.url).host, keepsPath);
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop('SIGKILL');
    if (folder) await rm(folder, { recursive: true });
  });

  it.skipIf(!isThere)('the page comes with its files, from every address it has', async () => {
    for (const place of ['', '/', '/chat/019a0000-0000-7000-8000-000000000000']) {
      const response = await fetch(proxy.url + PATH + place);
      expect(response.status).toBe(200);
      const files = [...(await response.text()).matchAll(/\s(?:src|href)="([^"]+)"/g)];
      expect(files.length).toBeGreaterThan(1);
      for (const [, file = ''] of files) {
        const { status, url } = await fetch(new URL(file, response.url));
        expect([status, url]).toEqual([200, expect.stringContaining(`${PATH}/`)]);
      }
    }
    expect((await fetch(`${proxy.url}${PATH}/widget/chat-playground.js`)).status).toBe(200);
    const description = await fetch(`${proxy.url}${PATH}/api/openapi.json`);
    expect(await description.json()).toMatchObject({ servers: [{ url: PATH }] });
    // Another server's, and none of ours.
    const beside = await fetch(`${proxy.url}/api/health`);
    expect(await beside.text()).not.toContain('"ok"');
  });

  it.skipIf(!isThere)('the SDK chats, and hears the news by websocket', async () => {
    const client = createChatClient({ baseUrl: proxy.url + PATH });
    const email = `${name.replaceAll(/\W/g, '')}@example.org`;
    await client.auth.register({ username: name.slice(0, 5), email, password: 'correct horse' });
    await client.realtime.connect();
    const told = new Promise((resolve) => {
      client.realtime.onEvent(({ event }) => event === 'reply_ended' && resolve(event));
    });
    const reply = client.chats.send({ message: 'Tell me something long.' });
    let batches = 0;
    for await (const batch of reply.batches()) batches += batch.length > 0 ? 1 : 0;
    expect(batches).toBeGreaterThan(3);
    await told;
    client.close();
  });
});
