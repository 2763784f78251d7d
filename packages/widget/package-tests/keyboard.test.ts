import { createReplayServer, transcripts, type ReplayOptions } from '@chat-playground/sdk/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { KeyboardUser } from './support/keyboard-user.js';
import { servePages, type ServedPages } from './support/pages.js';

const PAGE = `<!doctype html><html lang="en"><head><title>Host</title>
  <script type="module" src="/widget/chat-playground.js"></script></head>
  <body><chat-playground locale="en"></chat-playground></body></html>`;

let browser: Browser;
let served: ServedPages;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await page.close();
  await served.close();
});

/** Someone who has just signed in, without a mouse. */
async function open(options: ReplayOptions = {}): Promise<KeyboardUser> {
  served = await servePages({ '/': PAGE }, createReplayServer(options));
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  await page.goto(served.url);
  await page.locator('#email').waitFor();
  const user = new KeyboardUser(page);
  await user.signIn();
  return user;
}

const chat = (title: string) => page.locator('cp-chat-item', { hasText: title });

it('asks, votes and renames a chat', async () => {
  const user = await open();
  await user.ask('Hello');
  await user.tabTo(/^Good reply$/, 'Shift+Tab');
  await user.press('Enter');
  await page.locator('[aria-label="Good reply"][aria-pressed="true"]').waitFor();
  expect(await user.focusedName()).toBe('Good reply');

  await user.choose(/^Actions for Hello$/, 'Rename');
  await user.press('ControlOrMeta+A');
  await user.type('Greetings');
  await user.press('Enter');
  await chat('Greetings').waitFor();
  await user.isOn(/^Greetings$/);

  await user.press('/');
  expect(await user.focusedName()).toBe('Message');
});

it('says why it voted, skips it on Escape, and changes what it said', async () => {
  const user = await open();
  await user.ask('Hello');
  const form = page.locator('cp-vote-reasons');
  await user.tabTo(/^Bad reply$/, 'Shift+Tab');
  await user.press('Enter');
  await form.waitFor();
  await user.tabTo(/^Too long$/);
  await user.press('Escape');
  await form.waitFor({ state: 'detached' });
  await user.isOn(/^Bad reply$/);

  await user.press('Shift+Tab', 'Enter');
  await form.waitFor();
  await user.tabTo(/^Helpful$/);
  await user.press('Space');
  await user.tabTo(/^Anything else/);
  await user.type('Just what I needed.');
  await user.press('Tab', 'Tab', 'Enter');
  await form.waitFor({ state: 'detached' });
  await user.isOn(/^Good reply$/);

  await user.tabTo(/^Your reasons: Helpful · “Just what I needed.”/);
  await user.press('Enter');
  await form.waitFor();
  await user.tabTo(/^Helpful$/);
  await user.press('Space');
  await user.tabTo(/^Save$/);
  await user.press('Enter');
  await page.locator('cp-message [title^="Your reasons: “Just"]').waitFor();
  await user.isOn(/^Good reply$/);
});

it('edits a message and switches between the versions, keeping to the switch', async () => {
  const user = await open();
  await user.ask('First words');
  await user.tabTo(/^Edit message$/, 'Shift+Tab');
  await user.press('Enter');
  await page.locator('cp-message-editor textarea').waitFor();
  await user.press('ControlOrMeta+A');
  await user.type('Second words');
  await user.press('Control+Enter');
  await page.locator('cp-message', { hasText: 'Second words' }).waitFor();
  await page.locator('cp-message[latest] cp-message-actions').waitFor();
  await user.isSomewhere();
  await user.press('/');
  await user.tabTo(/^Previous version$/, 'Shift+Tab');
  await user.press('Enter');
  await page.locator('cp-message', { hasText: 'First words' }).waitFor();
  await user.isOn(/^Next version$/);
  await user.press('Enter');
  await page.locator('cp-message', { hasText: 'Second words' }).waitFor();
  await user.isOn(/^Previous version$/);
});

it('lets a reply that was stopped go on', async () => {
  const user = await open({ replies: [transcripts.stopped, transcripts.happy] });
  await user.ask('Hello');
  await user.tabTo(/^Continue$/, 'Shift+Tab');
  await user.press('Enter');
  await page.locator('cp-message[latest] .branches', { hasText: '2 / 2' }).waitFor();
  await user.isSomewhere();
});

it('deletes a message, after having been asked', async () => {
  const user = await open();
  await user.ask('Hello');
  await user.choose(/^More actions$/, 'Delete message');
  await user.isOn(/^Cancel$/);
  await user.press('Escape');
  await user.isOn(/^More actions$/);
  await user.press('Enter');
  await user.isOn(/^Delete message$/);
  await user.press('Enter');
  await user.isOn(/^Cancel$/);
  await user.press('Tab', 'Enter');
  await page.locator('cp-message', { hasText: 'Hello' }).waitFor();
  await expect.poll(() => page.locator('cp-message').count()).toBe(1);
  await user.isSomewhere();
});

it('deletes chats and takes it back', async () => {
  const user = await open();
  await user.ask('One');
  await user.press('Control+Shift+O');
  await user.isOn(/^Message$/);
  await user.ask('Two');
  await user.choose(/^Actions for Two$/, 'Delete');
  await chat('Two').waitFor({ state: 'detached' });
  await user.isOn(/^One$/);
  await user.choose(/^Actions for One$/, 'Delete');
  await chat('One').waitFor({ state: 'detached' });
  await user.isSomewhere();
  await user.tabTo(/^Undo/);
  await user.press('Enter');
  await chat('Two').waitFor();
  await user.isSomewhere();
  await user.tabTo(/^Undo/);
  await user.press('Enter');
  await chat('One').waitFor();
  await user.isSomewhere();
});

it('archives a chat, finds it in the archive, and takes it out again', async () => {
  const user = await open();
  await user.ask('Hello');
  await user.choose(/^Actions for Hello$/, 'Archive');
  await chat('Hello').waitFor({ state: 'detached' });
  await user.isSomewhere();
  await user.tabTo(/^Archived chats$/);
  await user.press('Enter');
  await user.isOn(/^Back to all chats$/);
  await chat('Hello').waitFor();
  await user.choose(/^Actions for Hello$/, 'Take out of the archive');
  await chat('Hello').waitFor({ state: 'detached' });
  await user.isSomewhere();
  await user.tabTo(/^Back to all chats$/, 'Shift+Tab');
  await user.press('Enter');
  await user.isOn(/^Archived chats$/);
  await chat('Hello').waitFor();
});

it('searches titles and messages, and opens a chat at what was found', async () => {
  const user = await open();
  await user.ask('Where do whales sleep?');
  await user.press('Control+Shift+O');
  await user.isOn(/^Message$/);
  await user.ask('And where do bats?');
  await user.tabTo(/^Search chats and messages$/, 'Shift+Tab');
  await user.type('whales');
  await page.locator('cp-message-hits .snippet mark', { hasText: 'whales' }).waitFor();
  await user.press('ArrowDown');
  await user.isOn(/^Where do whales sleep\?$/);
  await user.tabTo(/You: Where do whales sleep/);
  await user.press('Enter');
  const found = page.locator('cp-message.found', { hasText: 'whales' });
  await found.waitFor();
  expect(await found.evaluate((row) => row.matches(':focus'))).toBe(true);

  await user.tabTo(/^Search chats and messages$/, 'Shift+Tab');
  await user.press('Escape');
  await chat('bats').waitFor();
  await user.isOn(/^Search chats and messages$/);
});

it('keeps parameters as presets: saves, changes, goes back, renames, deletes and undoes', async () => {
  const user = await open();
  const preset = (name: string) => page.locator('cp-presets .row', { hasText: name });
  await user.tabTo(/^Temperature$/);
  await user.type('0.4');
  await user.press('Tab');
  await user.tabTo(/^Save current parameters/, 'Shift+Tab');
  await user.press('Enter');
  await user.type('Careful');
  await user.press('Enter');
  await preset('Careful').getByText('in effect').waitFor();
  await user.isOn(/^Save current parameters/);

  await user.tabTo(/^Temperature$/);
  await user.press('ControlOrMeta+A');
  await user.type('1.5');
  await user.press('Tab');
  await preset('Careful').getByText('changed').waitFor();
  await user.tabTo(/^Go back to it$/, 'Shift+Tab');
  await user.press('Enter');
  await preset('Careful').getByText('in effect').waitFor();
  await user.isOn(/^Careful/);

  await user.choose(/^Actions for preset Careful$/, 'Rename', 'Tab');
  await user.press('ControlOrMeta+A');
  await user.type('Calm');
  await user.press('Enter');
  await preset('Calm').waitFor();
  await user.isOn(/^Calm/);
  await user.choose(/^Actions for preset Calm$/, 'Delete', 'Tab');
  await preset('Calm').waitFor({ state: 'detached' });
  await user.isSomewhere();
  await user.tabTo(/^Undo$/);
  await user.press('Enter');
  await preset('Calm').waitFor();
  await user.isSomewhere();
});

it('signs out, and can sign in again at once', async () => {
  const user = await open();
  await user.tabTo(/^Account and settings of/, 'Shift+Tab');
  await user.press('Enter', 'End');
  await user.isOn(/^Sign out$/);
  await user.press('Enter');
  await page.locator('#email').waitFor();
  await user.isOn(/^E-mail$/);
});

it('moves nothing for readers who want less motion', async () => {
  const user = await open();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await user.ask('Hello');
  await user.press('Escape');
  const lasting = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => Number(animation.effect?.getComputedTiming().duration))
      .filter((durationMs) => durationMs > 1),
  );
  expect(lasting).toEqual([]);
});
