import { createReplayServer } from '@chat-playground/sdk/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { servePages, type ServedPages } from './support/pages.js';

const PAGE = `<!doctype html><html lang="en"><head><title>Host</title>
  <script type="module" src="/widget/chat-playground.js"></script></head>
  <body><chat-playground locale="en"></chat-playground></body></html>`;

let browser: Browser;
let served: ServedPages;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  served = await servePages({ '/': PAGE }, createReplayServer());
});
afterAll(async () => {
  await browser.close();
  await served.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.goto(served.url);
  await page.locator('#email').waitFor();
});
afterEach(() => page.close());

/** The name of what has the keyboard, however deep inside. */
async function focusedName(): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const label = active instanceof HTMLTextAreaElement ? active.labels[0] : active;
    return active?.getAttribute('aria-label') ?? label?.textContent.trim() ?? '';
  });
}

/** Goes on by Tab, as a person looking for something would. */
async function tabTo(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press(key);
    seen.push(await focusedName());
    if (name.test(seen.at(-1) ?? '')) return;
  }
  throw new Error(`${String(name)} cannot be reached by ${key}; passed ${seen.join(' | ')}`);
}

async function signInByKeyboard(): Promise<void> {
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse');
  await page.keyboard.press('Enter');
  await page.locator('cp-composer textarea').waitFor();
}

async function askByKeyboard(text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.locator('cp-message[latest] cp-message-actions').waitFor();
}

it('signs in, asks, votes and renames a chat without a mouse', async () => {
  await signInByKeyboard();
  await askByKeyboard('Hello');

  await tabTo(/^Good reply$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('[aria-label="Good reply"][aria-pressed="true"]').waitFor();
  expect(await focusedName()).toBe('Good reply');

  await tabTo(/^Actions for Hello$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('[role=menuitem]', { hasText: 'Rename' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Greetings');
  await page.keyboard.press('Enter');
  await page.locator('cp-chat-item', { hasText: 'Greetings' }).waitFor();

  await page.keyboard.press('/');
  expect(await focusedName()).toBe('Message');
});

it('edits a message and switches between the versions without a mouse', async () => {
  await signInByKeyboard();
  await askByKeyboard('First words');
  await tabTo(/^Edit message$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('cp-message-editor textarea').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Second words');
  await page.keyboard.press('Control+Enter');
  await page.locator('cp-message', { hasText: 'Second words' }).waitFor();
  await page.locator('cp-message[latest] cp-message-actions').waitFor();
  await page.keyboard.press('/');
  await tabTo(/^Previous version$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('cp-message', { hasText: 'First words' }).waitFor();
});

it('moves nothing for readers who want less motion', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signInByKeyboard();
  await askByKeyboard('Hello');
  await page.keyboard.press('Escape');
  const lasting = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => Number(animation.effect?.getComputedTiming().duration))
      .filter((durationMs) => durationMs > 1),
  );
  expect(lasting).toEqual([]);
});
