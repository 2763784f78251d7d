import { describe, expect } from 'vitest';
import { it } from './support/playground-test.js';

describe('the playground', () => {
  it('lets a reply that was stopped go on where it ended', async ({ playground }) => {
    await playground.typeAndSend('Write a long text');
    await expect.poll(async () => (await playground.lastReplyText()).length).toBeGreaterThan(40);
    await playground.stopButton.click();
    await playground.lastReply.getByText('You stopped this reply.').waitFor();
    const kept = await playground.lastReplyText();
    await playground.lastReply.getByRole('button', { name: 'Continue' }).click();
    await playground.lastReply.getByText('2 / 2').waitFor();
    await playground.waitForEnding();
    const whole = await playground.lastReplyText();
    expect(whole.length).toBeGreaterThan(kept.length);
    expect(whole.startsWith(kept.trimEnd().slice(0, 40))).toBe(true);
  });

  it('finds a message in another chat and opens the chat there', async ({ playground }) => {
    await playground.ask('Where do whales sleep?');
    await playground.ask('And something else');
    await playground.newChat();
    await playground.ask('How high do eagles fly?');
    await playground.page.getByRole('searchbox').fill('whales sleep');
    const hits = playground.page.locator('cp-message-hits').getByRole('button');
    await hits.filter({ hasText: 'You: Where do whales sleep?' }).click();
    const found = playground.ownMessages.filter({ hasText: 'whales' });
    await found.waitFor();
    await playground.page.locator('cp-message.found', { hasText: 'whales' }).waitFor();
    expect(await found.evaluate((row) => row.getBoundingClientRect().top)).toBeGreaterThan(0);
  });

  it('keeps presets, and which is in effect, over a reload', async ({ playground }) => {
    const { page } = playground;
    const temperature = page.getByRole('spinbutton', { name: 'Temperature' });
    await temperature.fill('0.3');
    await temperature.press('Enter');
    await page.getByRole('button', { name: 'Save current parameters as a preset' }).click();
    await page.getByRole('textbox', { name: 'Name of the preset' }).fill('Careful');
    await page.keyboard.press('Enter');
    const preset = page.locator('cp-presets .row', { hasText: 'Careful' });
    await preset.getByText('in effect').waitFor();
    await page.reload();
    await preset.getByText('in effect').waitFor();
    await temperature.fill('1');
    await temperature.press('Enter');
    await preset.getByText('changed').waitFor();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await expect.poll(() => temperature.inputValue()).toBe('0.3');
  });

  it('keeps why one voted, and shows the archive, over a reload', async ({ playground }) => {
    const { page } = playground;
    await playground.ask('Hello');
    await playground.lastReply.getByRole('button', { name: 'Bad reply' }).click();
    await playground.lastReply.getByRole('button', { name: 'Too long' }).click();
    await playground.lastReply.getByRole('button', { name: 'Save' }).click();
    const reasons = playground.lastReply.getByRole('button', { name: 'Your reasons: Too long' });
    await reasons.waitFor();
    await page.reload();
    await reasons.waitFor();

    await playground.chats.first().hover();
    await playground.chats
      .first()
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await expect.poll(() => playground.chats.count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Archived chats' }).click();
    await expect.poll(() => playground.chats.count()).toBe(1);
  });

  it('deletes one message for good, and keeps what follows it', async ({ playground }) => {
    const { page } = playground;
    await playground.ask('A secret I should not have told');
    await playground.ask('Something harmless');
    const secret = playground.ownMessages.first();
    await secret.hover();
    await secret.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await page.locator('cp-confirm').getByRole('button', { name: 'Delete' }).click();
    await playground.ownMessages.getByText('This message was deleted.').waitFor();
    await page.reload();
    await playground.ownMessages.getByText('This message was deleted.').waitFor();
    await playground.ownMessages.getByText('Something harmless').waitFor();
    expect(await playground.ownMessages.getByText('A secret').count()).toBe(0);
  });
});
