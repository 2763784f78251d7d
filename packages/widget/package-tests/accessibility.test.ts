import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';

const CONFIG = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const STATES = fileURLToPath(new URL('../playground/states.html', import.meta.url));
const THEMES = fileURLToPath(new URL('../themes/', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The ready sets of colours and the widget's own, by day and by night, after its own by day. */
const [, ...OTHER_LOOKS] = ['', 'forest', 'ember', 'contrast'].flatMap((colours) =>
  ['light', 'dark'].map((theme): [colours: string, theme: string] => [colours, theme]),
);
/** What a set of colours can spoil; all else is the same in each of them. */
const CONTRAST: RunOptions = { runOnly: ['color-contrast'] };

/** What a change of colours sets in motion has come to rest by one of them. */
const MOST_LOOKS = 4;
/** Pages that go through the states side by side. */
const PAGES = 2;

let folder: string;
let server: PreviewServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'states-'));
  await build({
    configFile: CONFIG,
    logLevel: 'error',
    build: { outDir: folder, rolldownOptions: { input: STATES } },
  });
  server = await preview({
    configFile: CONFIG,
    logLevel: 'error',
    build: { outDir: folder },
    preview: { port: 0, host: '127.0.0.1' },
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
});

async function openStates(): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}states.html`);
  await page.addScriptTag({ path: AXE });
  return page;
}

const namesOfStates = (page: Page): Promise<string[]> =>
  page.locator('select[name=state] option').allTextContents();

async function show(page: Page, state: string): Promise<void> {
  const control = page.locator('select[name=state]');
  if ((await control.inputValue()) !== state) await control.selectOption(state);
  await page.locator(`#stage[data-shown="${state}"]`).waitFor();
}

/** Colours alone change: what is shown stays. */
async function useColours(page: Page, colours: string, theme: string): Promise<void> {
  const css = colours === '' ? '' : await readFile(join(THEMES, `${colours}.css`), 'utf8');
  await page.evaluate(
    ([rules = '', mode = '']) => {
      document.querySelector('chat-playground')?.setAttribute('theme', mode);
      const style = document.querySelector('#colours') ?? document.createElement('style');
      Object.assign(style, { id: 'colours', textContent: rules });
      document.head.append(style);
    },
    [css, theme],
  );
}

/** What is wrong, in one line each. */
async function lookFor(page: Page, options: RunOptions): Promise<string[]> {
  return page.evaluate(async (run) => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const { axe } = window as unknown as { axe: { run(...args: unknown[]): Promise<AxeResults> } };
    const { violations } = await axe.run('#stage', { ...run, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${String(target)}: ${failureSummary}`),
    );
  }, options);
}

/** What stays wrong, by where it was found. */
async function faults(page: Page, where: string, options: RunOptions): Promise<string[]> {
  let found: string[] = [];
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    found = await lookFor(page, options);
    if (found.length === 0) return [];
  }
  return found.map((fault) => `${where}: ${fault}`);
}

async function faultsOf(page: Page, state: string): Promise<string[]> {
  await useColours(page, '', 'light');
  await show(page, state);
  const found = await faults(page, state, {});
  for (const [colours, theme] of OTHER_LOOKS) {
    await useColours(page, colours, theme);
    found.push(...(await faults(page, `${state}, ${colours} ${theme}`, CONTRAST)));
  }
  return found;
}

it('has no state that axe finds fault with, in any set of colours, light or dark', async () => {
  const pages = await Promise.all(Array.from({ length: PAGES }, openStates));
  const found = await Promise.all(
    pages.map(async (page, index) => {
      const names = (await namesOfStates(page)).filter((_, at) => at % PAGES === index);
      expect(names.length).toBeGreaterThan(20);
      const perState: string[] = [];
      for (const state of names) perState.push(...(await faultsOf(page, state)));
      return perState;
    }),
  );
  expect(found.flat()).toEqual([]);
}, 900_000);
