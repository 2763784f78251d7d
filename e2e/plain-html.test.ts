import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { PlaygroundPage } from './support/playground-page.js';
import { startServer, type ServerProcess } from './support/server-process.js';
import { serveFolder, type StaticServer } from './support/static-server.js';
import { differences, layoutOf, looksOfPage, looksOfWidget } from './support/looks.js';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const EXAMPLE = fromHere('../examples/plain-html');
const HOSTILE = readFileSync(fromHere('support/hostile.css'), 'utf8');
/** As many pages do, to count in tenths of rem; and what the example's README says to do about it. */
const SMALL_REM = 'html { font-size: 62.5% } body { font-size: 1.6rem } ';
const ADDRESS_IN_PAGE = 'http://localhost:5001';

/** Of the page's own, to see whether they stay as they are. */
const CONTROLS = '<form><label>Telephone <input /></label><button>Call me</button></form>';

const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 800 } };

let server: ServerProcess;
let browser: Browser;
const served: StaticServer[] = [];
type Edit = (html: string) => string;
const withStyles =
  (styles: string): Edit =>
  (html) =>
    html.replace('</head>', `<style>${styles}</style></head>`);

/** Without styles of its own, and under the policy that the example's README asks for. */
const withPolicy: Edit = (html) => {
  const { host } = new URL(server.url);
  const policy = [
    "default-src 'none'",
    `script-src http://${host}`,
    `connect-src http://${host} ws://${host}`,
    "style-src 'self'",
    "img-src 'self' data:",
  ];
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />`;
  return html.replace(/<style>[^]*<\/style>/, '').replace('<head>', `<head>${meta}`);
};

const EDITS = {
  clean: (html) => html,
  strict: withPolicy,
  hostile: withStyles(HOSTILE),
  smallRem: withStyles(SMALL_REM),
  zoomed: withStyles(`${SMALL_REM} chat-playground { --cp-zoom: 1.6 }`),
} satisfies Record<string, Edit>;
type Site = keyof typeof EDITS;
const SITES = Object.keys(EDITS) as Site[];
/** Addresses of the example as it is, and edited. */
const sites = {} as Record<Site, string>;

async function serveExample(edit: Edit): Promise<string> {
  const edited = await serveFolder(EXAMPLE, (html) =>
    edit(html).replaceAll(ADDRESS_IN_PAGE, server.url).replace('</main>', `${CONTROLS}</main>`),
  );
  served.push(edited);
  return edited.url;
}

beforeAll(async () => {
  for (const site of SITES) sites[site] = await serveExample(EDITS[site]);
  const origins = Object.values(sites).join(',');
  [server, browser] = await Promise.all([
    startServer({ env: { CORS_ORIGINS: origins } }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await Promise.all(served.map((one) => one.close()));
});

const openChat = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Open chat', exact: false }).click();

/** A visit to the example with its chat open, and nobody signed in. */
async function visit(site: Site, size: keyof typeof SIZES = 'wide'): Promise<WatchedPage> {
  const watched = await openPage(browser, sites[site], {
    viewport: SIZES[size],
    locale: 'en',
    reducedMotion: 'reduce',
  });
  await openChat(watched.page);
  await watched.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  return watched;
}

describe('the page of one file and one script tag', () => {
  it.each([
    ['clean', 'wide'],
    ['hostile', 'narrow'],
    ['strict', 'wide'],
  ] as const)('answers from another origin, %s and %s', async (site, size) => {
    const { page, context, complaints } = await visit(site, size);
    const playground = new PlaygroundPage(page);
    const email = `${site}@example.com`;
    await playground.register({ username: site, email, password: 'correct horse battery' });
    await playground.typeAndSend('Show me a code example and a table');
    await playground.replies.first().waitFor();
    expect((await playground.watchLastReply()).length).toBeGreaterThan(5);
    await playground.lastReply.locator('[class^="hljs-"]').first().waitFor();
    await page.keyboard.press('Escape');
    await playground.message.waitFor({ state: 'detached' });
    await openChat(page);
    await playground.lastReply.getByRole('table').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('can be closed on a small screen before anyone has signed in', async () => {
    const { page, context } = await visit('clean', 'narrow');
    await page.getByRole('button', { name: 'Close chat', exact: false }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Bicycles' }).click();
    await context.close();
  });

  it('looks the same among hostile styles', async () => {
    const clean = await visit('clean');
    const expected = await looksOfWidget(clean.page);
    await clean.context.close();
    const hostile = await visit('hostile');
    const found = await looksOfWidget(hostile.page);
    await hostile.context.close();
    expect(expected.length).toBeGreaterThan(30);
    expect(differences(expected, found)).toEqual([]);
  });

  it.each(['clean', 'hostile'] as const)('leaves a %s page as it was', async (site) => {
    const without = await browser.newPage({ viewport: SIZES.wide, reducedMotion: 'reduce' });
    await without.route('**/widget/**', (route) => route.abort());
    await without.goto(sites[site]);
    const before = await looksOfPage(without);
    await without.close();
    const { page, context } = await visit(site);
    const after = await looksOfPage(page);
    await context.close();
    expect(before.elements.length).toBeGreaterThan(15);
    expect(differences(before.elements, after.elements)).toEqual([]);
    expect({ ...after, elements: [] }).toEqual({ ...before, elements: [] });
  });

  it('has its size again, by one property, where a page shrinks rem', async () => {
    const layouts: Record<string, Record<string, number[]>> = {};
    for (const site of ['clean', 'smallRem', 'zoomed'] satisfies Site[]) {
      const { page, context } = await visit(site);
      layouts[site] = await layoutOf(page);
      await context.close();
    }
    const { clean, smallRem, zoomed } = layouts;
    expect(smallRem).not.toEqual(clean);
    expect(zoomed).toEqual(clean);
  });
});
