import { REALTIME_PATH } from '@chat-playground/sdk/protocol';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from './support/browser.js';
import { startPathProxy, type PathProxy } from './support/path-proxy.js';
import { newPerson } from './support/people.js';
import { PlaygroundPage } from './support/playground-page.js';
import { startServer, type ServerProcess } from './support/server-process.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([
  ['takes its path off', '/tools', false, {}],
  ['takes off a path that is called like one of the page', '/chat', false, {}],
  ['leaves its path on', '/deep/chat', true, { BASE_PATH: '/deep/chat' }],
] as const)('below a proxy that %s', (_, path, keepsPath, env) => {
  let server: ServerProcess;
  let proxy: PathProxy;
  beforeAll(async () => {
    server = await startServer({ env });
    proxy = await startPathProxy({ upstream: new URL(server.url).origin, path, keepsPath });
  });
  afterAll(async () => {
    proxy?.close();
    await server?.stop();
  });

  it('the page loads, chats, hears the news and finds each chat by its address', async () => {
    const { page, context, complaints } = await openPage(browser, 'about:blank');
    const live = page.waitForEvent('websocket', (socket) =>
      socket.url().includes(path + REALTIME_PATH),
    );
    await page.goto(`${proxy.url}${path}/`);
    const playground = new PlaygroundPage(page);
    await playground.register(newPerson());
    await live;
    await playground.ask('Hello');
    const said = await playground.lastReplyText();
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${path}/chat/[\\da-f-]{36}$`));

    await page.reload();
    await playground.waitForEnding();
    expect(await playground.lastReplyText()).toBe(said);
    await playground.newChat();
    expect(new URL(page.url()).pathname).toBe(`${path}/`);
    await page.goBack();
    await playground.waitForEnding();
    expect(await playground.lastReplyText()).toBe(said);
    await context.close();
    expect(complaints).toEqual([]);
    expect(proxy.strays).toEqual([]);
  });

  it('the widget of another page finds its files and the server', async () => {
    const { page, context } = await openPage(browser, server.url);
    await page.route('**/host.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<script type="module" src="${path}/widget/chat-playground.js"></script>
          <chat-playground base-url="${path}/" layout="full"></chat-playground>`,
      }),
    );
    await page.goto(`${proxy.url}/host.html`);
    const playground = new PlaygroundPage(page);
    await playground.register(newPerson());
    await playground.ask('Hello');
    expect(await playground.lastReplyText()).not.toBe('');
    await context.close();
    expect(proxy.strays).toEqual([]);
  });
});
