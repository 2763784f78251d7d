import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.js';
import { PlaygroundPage } from '../support/playground-page.js';
import { waitForAddress } from '../support/server-process.js';
import { serveFolder, type StaticServer } from '../support/static-server.js';
import { outsideEnvironment } from './outside.js';

const { folder, missing } = inject('project');
const ADDRESS_IN_PAGES = 'http://localhost:5001';

let server: { url: string; stop: () => Promise<unknown> };
let pages: StaticServer;
let browser: Browser;

/** The server as its package's command starts it. */
async function startByNpx(allowedOrigin: string): Promise<typeof server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chat-playground-npx-'));
  const { PATH = '', HOME = '' } = outsideEnvironment();
  const settings = { PORT: '0', LOCAL_PROVIDERS: 'off', CORS_ORIGINS: allowedOrigin };
  const child = spawn('npx', ['--no', 'chat-playground-server'], {
    cwd: folder,
    env: { PATH, HOME, DATA_DIR: dataDir, ...settings },
    // A group of its own, to reach what npx started too.
    detached: true,
  });
  const { url, exited } = await waitForAddress(child);
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, stop };
}

/** Builds the pages that need it, and puts the others and the file for a script tag beside them. */
async function buildPages(): Promise<string> {
  const built = join(folder, 'built');
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: built,
      rolldownOptions: { input: ['vite.html', 'react.html'].map((name) => join(folder, name)) },
    },
  });
  for (const name of ['tag.html', 'served.html']) cpSync(join(folder, name), join(built, name));
  const standalone = join(folder, 'node_modules/@chat-playground/widget/dist/standalone');
  cpSync(standalone, join(built, 'chat'), { recursive: true });
  return built;
}

describe.skipIf(missing)('in a project that installed the packages', () => {
  beforeAll(async () => {
    const built = await buildPages();
    pages = await serveFolder(built, (html) => html.replaceAll(ADDRESS_IN_PAGES, server.url));
    server = await startByNpx(pages.url);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await pages?.close();
  });

  it('npx chat-playground-server serves the playground and answers', async () => {
    const { page, complaints, context } = await openPage(browser, server.url);
    const playground = new PlaygroundPage(page);
    await register(playground, 'playground');
    await playground.ask('Hello');
    expect(await playground.lastReplyText()).not.toBe('');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    ['vite.html', 'built by vite', () => pages.url],
    ['react.html', 'built by vite for React', () => pages.url],
    ['tag.html', 'loaded by a script tag', () => pages.url],
    ['served.html', 'loaded by a script tag from the server', () => server.url],
  ])(
    '%s mounts the widget, %s, and streams an answer from another origin',
    async (name, _how, origin) => {
      const { page, complaints, context } = await openPage(browser, 'about:blank');
      const scripts = new Set<string>();
      page.on('requestfinished', (request) => {
        if (request.resourceType() === 'script') scripts.add(new URL(request.url()).origin);
      });
      await page.goto(`${pages.url}/${name}`);
      const playground = new PlaygroundPage(page);
      await register(playground, name.split('.')[0] ?? '');
      await playground.typeAndSend('Show me a code example and a table');
      await playground.replies.first().waitFor();
      expect((await playground.watchLastReply()).length).toBeGreaterThan(5);
      // Highlighting is fetched when the first block of code ends.
      await playground.lastReply.locator('[class^="hljs-"]').first().waitFor();
      expect([...scripts]).toEqual([origin()]);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});

const register = (playground: PlaygroundPage, name: string): Promise<void> =>
  playground.register({
    username: `Person of ${name}`,
    email: `${name}@example.com`,
    password: 'correct horse battery',
  });
