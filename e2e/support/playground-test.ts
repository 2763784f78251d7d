import { expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser.js';
import { newPerson } from './people.js';
import { PlaygroundPage } from './playground-page.js';
import { startServer } from './server-process.js';

/**
 * A test of the playground in a real browser: one server and one browser for the file, a fresh
 * browser context for each test. What a test does not ask for is not made.
 *
 * `settings` are variables for the server's environment, for a file to override; `visitor` is the
 * page before anyone signed in, `playground` the same page with a new person in it.
 */
export const it = test
  .extend('settings', { scope: 'file' }, (): Record<string, string> => ({}))
  .extend('server', { scope: 'file' }, async ({ settings }, { onCleanup }) => {
    const server = await startServer({ env: settings });
    onCleanup(async () => void (await server.stop()));
    return server;
  })
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('visitor', async ({ server, browser }, { onCleanup }) => {
    const { page, context, complaints } = await openPage(browser, server.url);
    onCleanup(async () => {
      await context.close();
      // Neither an uncaught error nor anything the content security policy had to refuse.
      expect(complaints).toEqual([]);
    });
    return new PlaygroundPage(page);
  })
  .extend('playground', async ({ visitor }) => {
    await visitor.register(newPerson());
    return visitor;
  });
