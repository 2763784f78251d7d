import type { Locator, Page } from 'playwright-core';
import type { Person } from './people.js';

/** The playground as a person meets it: found by role and name, never by markup. */
export class PlaygroundPage {
  constructor(readonly page: Page) {}

  async register(person: Person): Promise<void> {
    const toRegister = this.page.getByRole('button', { name: 'Create account' }).first();
    await toRegister.click();
    await this.page.getByLabel('Name', { exact: true }).fill(person.username);
    await this.fillCredentials(person);
    await this.page.locator('form').getByRole('button', { name: 'Create account' }).click();
    await this.message.waitFor();
  }

  async signIn(person: Omit<Person, 'username'>): Promise<void> {
    await this.fillCredentials(person);
    await this.page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await this.message.waitFor();
  }

  private async fillCredentials(person: Omit<Person, 'username'>): Promise<void> {
    await this.page.getByLabel('E-mail', { exact: true }).fill(person.email);
    await this.page.getByLabel('Password', { exact: true }).fill(person.password);
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Account and settings of/ }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await this.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  }

  get message(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get stopButton(): Locator {
    return this.page.getByRole('button', { name: 'Stop reply' });
  }

  get replies(): Locator {
    return this.page.getByRole('article', { name: 'Assistant' });
  }

  get ownMessages(): Locator {
    return this.page.getByRole('article', { name: 'You' });
  }

  get lastReply(): Locator {
    return this.replies.last();
  }

  /** Titles in the list of chats, from the top. */
  get chats(): Locator {
    return this.page.locator('cp-history cp-chat-item');
  }

  async typeAndSend(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
  }

  /** Sends, and waits for the reply's ending. */
  async ask(text: string): Promise<void> {
    const before = await this.replies.count();
    await this.typeAndSend(text);
    await this.replies.nth(before).waitFor();
    await this.waitForEnding();
  }

  async waitForEnding(): Promise<void> {
    await this.lastReply.getByRole('button', { name: 'Regenerate reply' }).waitFor();
  }

  async newChat(): Promise<void> {
    await this.page.getByRole('button', { name: 'New chat' }).first().click();
    await this.page.getByRole('article').first().waitFor({ state: 'detached' });
  }

  /** The rendered text of the last reply. Its markdown lives in a shadow root, out of innerText's reach. */
  async lastReplyText(): Promise<string> {
    const markdown = this.lastReply.locator('cp-markdown').last();
    return markdown.evaluate((element) => (element.shadowRoot ?? element).textContent ?? '');
  }

  /** Opens a chat of the list. */
  async open(chat: Locator): Promise<void> {
    await chat.getByRole('button').first().click();
  }

  /**
   * Collects the lengths the last reply's text goes through, until the reply has ended. It watches
   * each frame, as an eye would.
   */
  async watchLastReply(): Promise<number[]> {
    // Not before there is text: the element may still be the one that stands in for the reply to come.
    const markdown = this.lastReply.locator('cp-markdown[streaming]:not([hidden])').last();
    const element = await markdown.elementHandle();
    if (!element) throw new Error('there is no reply being written');
    return element.evaluate(async (watched) => {
      const lengths: number[] = [];
      while (watched.isConnected && watched.hasAttribute('streaming')) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const length = (watched.shadowRoot ?? watched).textContent?.length ?? 0;
        if (length !== lengths.at(-1)) lengths.push(length);
      }
      return lengths;
    });
  }
}
