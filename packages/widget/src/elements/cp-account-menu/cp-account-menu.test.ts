import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { USER } from '../../test-support/chats.js';
import { get } from '../../test-support/open-playground.js';
import type { CpAccountMenu } from './cp-account-menu.js';

async function open(): Promise<CpAccountMenu> {
  const element = await fixture<CpAccountMenu>(
    html`<cp-account-menu .user=${USER} theme="dark"></cp-account-menu>`,
  );
  get(element, '.trigger').click();
  return element;
}

function item(element: CpAccountMenu, label: string): HTMLElement {
  const items = get(element, 'cp-menu').shadowRoot?.querySelectorAll<HTMLElement>('.item') ?? [];
  const found = [...items].find(({ textContent }) => textContent?.trim() === label);
  if (found === undefined) throw new Error(`There is no item "${label}".`);
  return found;
}

describe('<cp-account-menu>', () => {
  it('is accessible, and shows what is chosen', async () => {
    const element = await open();
    await expect(element).to.be.accessible();
    expect(item(element, 'Dark').getAttribute('aria-checked')).to.equal('true');
    expect(item(element, 'Light').getAttribute('aria-checked')).to.equal('false');
    expect(item(element, 'English').getAttribute('aria-checked')).to.equal('true');
  });

  it('asks for a theme, a language, the shortcuts and signing out', async () => {
    const element = await open();
    const theme = oneEvent(element, 'cp-theme');
    item(element, 'Auto').click();
    expect((await theme).detail.theme).to.equal('auto');
    const locale = oneEvent(element, 'cp-locale');
    item(element, 'ไทย').click();
    expect((await locale).detail.locale).to.equal('th');
    const shown = oneEvent(element, 'cp-show');
    item(element, 'Keyboard shortcuts').click();
    expect((await shown).detail.panel).to.equal('shortcuts');
    const out = oneEvent(element, 'cp-sign-out');
    item(element, 'Sign out').click();
    await out;
  });
});
