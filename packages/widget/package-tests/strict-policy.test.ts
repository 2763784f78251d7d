import { createReplayServer, transcripts } from '@chat-playground/sdk/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, launchBrowser, signIn, watchComplaints } from './support/browser.js';
import { servePages, type ServedPages } from './support/pages.js';

const PAGE = `<!doctype html><html lang="en"><head><title>Host</title>
  <script type="module" src="/widget/chat-playground.js"></script></head>
  <body><chat-playground locale="en"></chat-playground></body></html>`;
const PAGE_WITH_INLINE_SCRIPT = PAGE.replace(
  '</body>',
  '<script>window.ran = true</script></body>',
);

/** A reply with everything that is fetched later: highlighting, formulas, a remote image. */
const RICH =
  'Look: $x^2$\\n\\n```js\\nconst a = 1;\\n```\\n\\n![cat](https://other.example/cat.png)\\n\\nDone.';

let browser: Browser;
let served: ServedPages;

beforeAll(async () => {
  const rich = transcripts.happy.replace(/"delta":"[^"]*"/, `"delta":"${RICH}"`);
  browser = await launchBrowser();
  served = await servePages(
    { '/': PAGE, '/inline': PAGE_WITH_INLINE_SCRIPT },
    createReplayServer({ replies: [rich] }),
  );
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

it('works under a strict content security policy without a violation', async () => {
  const page = await browser.newPage();
  const complaints = watchComplaints(page);
  await page.goto(served.url);
  await signIn(page);
  await ask(page, 'Show me everything');
  await page.locator('cp-code-block').locator('code span').first().waitFor();
  await page.locator('.katex').first().waitFor();
  await page.keyboard.press('?');
  expect(complaints).toEqual([]);
  await page.close();
});

it('is watched by a policy that does stop what is forbidden', async () => {
  const page = await browser.newPage();
  const complaints = watchComplaints(page);
  await page.goto(`${served.url}/inline`);
  await page.locator('#email').waitFor();
  expect(complaints).toHaveLength(1);
  await page.close();
});
