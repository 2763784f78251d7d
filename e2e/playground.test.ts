import { describe, expect } from 'vitest';
import { newPerson } from './support/people.js';
import { PlaygroundPage } from './support/playground-page.js';
import { it } from './support/playground-test.js';

describe('the playground', () => {
  it('registers, streams an answer as markdown with highlighted code, and says what it cost', async ({
    playground,
  }) => {
    await playground.typeAndSend('Show me a code example and a table');
    await playground.replies.first().waitFor();
    const lengths = await playground.watchLastReply();
    expect(lengths.length).toBeGreaterThan(5);
    // Markup that closes takes its marks away, so a step may be a little shorter than the last.
    expect(lengths.at(-1)).toBeGreaterThan((lengths[1] ?? 0) * 5);
    await playground.waitForEnding();

    const reply = playground.lastReply;
    await reply.locator('[class^="hljs-"]').first().waitFor();
    await reply.getByRole('table').first().waitFor();
    await reply.getByText(/^\d+ tokens$/).waitFor();
    await reply
      .getByText(/^[\d.]+ s$/)
      .first()
      .waitFor();
  });

  it('votes, takes the vote back, and copies', async ({ playground }) => {
    await playground.ask('Hello');
    const good = playground.lastReply.getByRole('button', { name: 'Good reply' });
    const bad = playground.lastReply.getByRole('button', { name: 'Bad reply' });
    await good.click();
    await expect.poll(() => good.getAttribute('aria-pressed')).toBe('true');
    await bad.click();
    await expect.poll(() => bad.getAttribute('aria-pressed')).toBe('true');
    expect(await good.getAttribute('aria-pressed')).toBe('false');
    await bad.click();
    await expect.poll(() => bad.getAttribute('aria-pressed')).toBe('false');

    await playground.lastReply.getByRole('button', { name: 'Copy as Markdown' }).click();
    await playground.page.context().grantPermissions(['clipboard-read']);
    const copied = await playground.page.evaluate(() => navigator.clipboard.readText());
    expect(copied.length).toBeGreaterThan(20);
  });

  it('keeps both chats, their messages and votes over a reload', async ({ playground }) => {
    await playground.ask('First subject: volcanoes');
    await playground.lastReply.getByRole('button', { name: 'Good reply' }).click();
    await playground.newChat();
    await playground.ask('Second subject: glaciers');
    await expect.poll(() => playground.chats.count()).toBe(2);

    await playground.page.reload();
    await expect.poll(() => playground.chats.count()).toBe(2);
    await expect.poll(() => playground.ownMessages.count()).toBe(1);
    await playground.open(playground.chats.last());
    await playground.ownMessages.getByText('volcanoes').waitFor();
    const good = playground.lastReply.getByRole('button', { name: 'Good reply' });
    await expect.poll(() => good.getAttribute('aria-pressed')).toBe('true');
  });

  it('stops a reply and keeps what was written', async ({ playground }) => {
    await playground.typeAndSend('Write a long text');
    await expect.poll(async () => (await playground.lastReplyText()).length).toBeGreaterThan(40);
    await playground.stopButton.click();
    await playground.lastReply.getByText('You stopped this reply.').waitFor();
    const kept = await playground.lastReplyText();
    await playground.page.reload();
    await playground.lastReply.getByText('You stopped this reply.').waitFor();
    expect(await playground.lastReplyText()).toBe(kept);
  });

  it('edits a message into a new version and switches between the two', async ({ playground }) => {
    await playground.ask('A question about cats');
    await playground.ownMessages.first().hover();
    await playground.ownMessages.first().getByRole('button', { name: 'Edit message' }).click();
    await playground.ownMessages.first().getByRole('textbox').fill('A question about dogs');
    await playground.ownMessages.first().getByRole('button', { name: 'Send', exact: true }).click();
    await playground.ownMessages.getByText('dogs').waitFor();
    await playground.waitForEnding();
    await playground.ownMessages.first().hover();
    await playground.ownMessages.first().getByRole('button', { name: 'Previous version' }).click();
    await playground.ownMessages.getByText('cats').waitFor();
    await playground.page.reload();
    await playground.ownMessages.getByText('cats').waitFor();
  });

  it('deletes a chat, and brings it back on undo', async ({ playground }) => {
    await playground.ask('A chat to delete');
    await expect.poll(() => playground.chats.count()).toBe(1);
    const remove = async () => {
      await playground.chats.first().hover();
      await playground.chats
        .first()
        .getByRole('button', { name: /^Actions for/ })
        .click();
      await playground.page.getByRole('menuitem', { name: 'Delete' }).click();
      await expect.poll(() => playground.chats.count()).toBe(0);
    };
    await remove();
    await playground.page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => playground.chats.count()).toBe(1);
    await remove();
    await playground.page.reload();
    await playground.message.waitFor();
    await expect.poll(() => playground.chats.count()).toBe(0);
  });

  it('shows in a second tab what was done in the first', async ({ playground }) => {
    await playground.ask('Seen from two tabs');
    const second = new PlaygroundPage(await playground.page.context().newPage());
    await second.page.goto(playground.page.url());
    await second.lastReply.getByRole('button', { name: 'Good reply' }).waitFor();
    await playground.lastReply.getByRole('button', { name: 'Good reply' }).click();
    const good = second.lastReply.getByRole('button', { name: 'Good reply' });
    await expect.poll(() => good.getAttribute('aria-pressed')).toBe('true');
  });

  it('signs out, and shows nothing of it to the next person', async ({ visitor: playground }) => {
    const first = newPerson();
    await playground.register(first);
    await playground.ask('My private question');
    await playground.signOut();
    expect(await playground.page.getByText('My private question').count()).toBe(0);
    await playground.register(newPerson());
    await expect.poll(() => playground.chats.count()).toBe(0);
    await playground.signOut();
    await playground.signIn(first);
    await expect.poll(() => playground.chats.count()).toBe(1);
  });

  it('is usable at 390 px: the chats and the parameters come as drawers', async ({
    visitor: playground,
  }) => {
    await playground.page.setViewportSize({ width: 390, height: 780 });
    await playground.register(newPerson());
    await playground.ask('Hello from a phone');
    await playground.page.getByRole('button', { name: 'Show chats' }).click();
    await playground.chats.first().waitFor({ state: 'visible' });
    await playground.page.keyboard.press('Escape');
    await playground.page.getByRole('button', { name: 'Show model and parameters' }).click();
    await playground.page.getByRole('spinbutton', { name: 'Temperature' }).waitFor();
    await playground.page.keyboard.press('Escape');
    const overflow = await playground.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
