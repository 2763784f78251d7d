import { fileURLToPath } from 'node:url';
import { createReplayServer } from '@chat-playground/sdk/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { build, type Rolldown } from 'vite';
import { ask, launchBrowser, signIn, watchComplaints } from './support/browser.js';
import { servePages, type ServedPages } from './support/pages.js';

const PAGE = `<!doctype html><html lang="en"><head><title>React</title></head>
  <body><div id="root"></div><script type="module" src="/react-page.js"></script></body></html>`;

/** The page's script and the files it fetches later, by path. */
async function buildReactPage(): Promise<Record<string, string>> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: fileURLToPath(new URL('support/react-page.tsx', import.meta.url)),
        output: { entryFileNames: 'react-page.js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = result.output.filter((file) => file.type === 'chunk');
  return Object.fromEntries(chunks.map(({ fileName, code }) => [`/${fileName}`, code]));
}

let browser: Browser;
let served: ServedPages;

beforeAll(async () => {
  // As for a page that is published: with React's own build for that.
  vi.stubEnv('NODE_ENV', 'production');
  const files = await buildReactPage();
  vi.unstubAllEnvs();
  browser = await launchBrowser();
  served = await servePages({ '/': PAGE, ...files }, createReplayServer());
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

it('sets properties, calls handlers and hands out the element in a React page', async () => {
  const page = await browser.newPage();
  const complaints = watchComplaints(page);
  await page.goto(served.url);
  await signIn(page);
  await ask(page, 'Hello');
  await page.locator('#told', { hasText: 'reply complete' }).waitFor();
  await expect(page.locator('chat-playground').getAttribute('theme')).resolves.toBe('dark');
  await page.locator('#new').click();
  await page.locator('cp-welcome').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
