import type { Browser, BrowserContext, Page } from 'playwright-core';

export { launchBrowser } from '../../scripts/launch-browser.js';

/** A page that remembers what should never happen: uncaught errors and CSP violations. */
export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A failed request is logged by the browser itself; tests of failures expect those.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    complaints.push(message.text());
  });
  await page.goto(url);
  return { page, context, complaints };
}
