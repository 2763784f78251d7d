import type { Locator, Page } from 'playwright-core';
import type { Person } from '../support/people.js';

/** The host as a person meets it. */
export class HostPage {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  async register(person: Person, path = '/'): Promise<void> {
    await this.page.goto(`${this.url}/register?next=${encodeURIComponent(path)}`);
    await this.page.getByLabel('Name').fill(person.username);
    await this.fillCredentials(person);
    await this.submit();
    await this.message.waitFor();
  }

  async fillCredentials({ email, password }: Omit<Person, 'username'>): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(password);
  }

  async submit(): Promise<void> {
    await this.page.locator('form').getByRole('button').click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Account of/ }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await this.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  }

  /** The message box, of the widget as of the custom page. */
  get message(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  /** Messages of the widget, by role and name as of the custom page's replies. */
  get articles(): Locator {
    return this.page.getByRole('article');
  }

  toast(title: string): Locator {
    return this.page.locator('[data-scope="toast"]').getByText(title, { exact: true }).first();
  }

  async send(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** Whether something makes the page wider than the window. */
  async overflows(): Promise<boolean> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  }
}
