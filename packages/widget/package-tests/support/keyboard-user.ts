import type { Page } from 'playwright-core';

/** Whoever has not found something after so many steps will not find it. */
const MOST_STEPS = 70;

/** Someone at the widget who has a keyboard and nothing else. */
export class KeyboardUser {
  constructor(readonly page: Page) {}

  /** The name of what has the focus, however deep inside; its tag where it has none. */
  async focusedName(): Promise<string> {
    return this.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      const labels = active instanceof HTMLElement && 'labels' in active ? active.labels : null;
      const label = (labels instanceof NodeList ? labels[0] : undefined) ?? active;
      const text = label?.textContent?.replace(/\s+/g, ' ').trim();
      return active?.getAttribute('aria-label') ?? (text || active?.localName) ?? '';
    });
  }

  /** Presses keys one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Goes on by Tab, as a person looking for something would. */
  async tabTo(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const seen: string[] = [];
    for (let step = 0; step < MOST_STEPS; step += 1) {
      await this.press(key);
      seen.push(await this.focusedName());
      if (name.test(seen.at(-1) ?? '')) return;
    }
    throw new Error(`${String(name)} cannot be reached by ${key}; passed ${seen.join(' | ')}`);
  }

  /** Resolves once the focus is on something of that name. */
  async isOn(name: RegExp): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!name.test(await this.focusedName())) {
      if (Date.now() > deadline) {
        throw new Error(`The focus is on ${await this.focusedName()}, not on ${String(name)}.`);
      }
      await this.frames();
    }
  }

  /** Throws when what was done has left the keyboard nowhere. */
  async isSomewhere(): Promise<void> {
    await this.frames();
    const isLost = await this.page.evaluate(() => document.activeElement === document.body);
    if (isLost) throw new Error('Nothing has the focus.');
  }

  async signIn(): Promise<void> {
    await this.press('Tab');
    await this.type('ada@example.com');
    await this.press('Tab');
    await this.type('correct horse');
    await this.press('Enter');
    await this.page.locator('cp-composer textarea').waitFor();
    await this.isOn(/^Message$/);
  }

  /** Sends what is typed into the message box, and waits for the whole reply. */
  async ask(text: string): Promise<void> {
    await this.type(text);
    await this.press('Enter');
    await this.page.locator('cp-message', { hasText: text }).first().waitFor();
    await this.page.locator('cp-message[latest] cp-message-actions').waitFor();
  }

  /** Opens the menu of that name and takes the item of that name. */
  async choose(menu: RegExp, item: string, key: 'Tab' | 'Shift+Tab' = 'Shift+Tab'): Promise<void> {
    await this.tabTo(menu, key);
    await this.press('Enter');
    const items = this.page.locator(':popover-open [role=menuitem]');
    await items.first().waitFor();
    const names = (await items.allTextContents()).map((name) => name.trim());
    for (let step = names.indexOf(item); step > 0; step -= 1) await this.press('ArrowDown');
    await this.isOn(new RegExp(`^${item}$`));
    await this.press('Enter');
  }

  /** Two frames: what an action leads to is drawn, and what looks after the focus has looked. */
  private async frames(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let count = 0; count < 2; count += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
  }
}
