import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { press } from '../../test-support/keys.js';
import { get } from '../../test-support/open-playground.js';
import type { CpMenu, MenuGroup } from './cp-menu.js';

const GROUPS: MenuGroup[] = [
  {
    label: 'Theme',
    items: [
      { id: 'light', label: 'Light', checked: true },
      { id: 'dark', label: 'Dark', checked: false },
    ],
  },
  { items: [{ id: 'out', label: 'Sign out', icon: 'sign-out' }] },
];

async function render(): Promise<CpMenu> {
  return fixture<CpMenu>(html`<cp-menu label="Settings" .groups=${GROUPS}>Settings</cp-menu>`);
}

function focusedLabel(element: CpMenu): string | undefined {
  return element.shadowRoot?.activeElement?.textContent?.trim();
}

describe('<cp-menu>', () => {
  it('is accessible closed and open', async () => {
    const element = await render();
    await expect(element).to.be.accessible();
    get(element, '.trigger').click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('is walked with the arrow keys, round and round', async () => {
    const element = await render();
    get(element, '.trigger').click();
    const menu = get(element, '.menu');
    const walked = [focusedLabel(element)];
    for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home']) {
      press(menu, key);
      walked.push(focusedLabel(element));
    }
    expect(walked).to.deep.equal(['Light', 'Dark', 'Sign out', 'Light', 'Sign out', 'Light']);
  });

  it('tells which item was chosen, closes and gives the focus back', async () => {
    const element = await render();
    get(element, '.trigger').click();
    const chosen = oneEvent(element, 'cp-menu-select');
    (element.shadowRoot?.activeElement as HTMLElement).click();
    expect((await chosen).detail.id).to.equal('light');
    expect(get(element, '.menu').matches(':popover-open')).to.equal(false);
    expect(focusedLabel(element)).to.equal('');
    expect(get(element, '.trigger').matches(':focus')).to.equal(true);
  });

  it('closes on Escape without anyone around it noticing', async () => {
    const element = await render();
    let noticed = 0;
    element.addEventListener('keydown', () => (noticed += 1));
    get(element, '.trigger').click();
    press(get(element, '.menu'), 'Escape');
    expect(get(element, '.menu').matches(':popover-open')).to.equal(false);
    expect(noticed).to.equal(0);
  });

  it('stays inside the viewport', async () => {
    const element = await render();
    Object.assign(element.style, { position: 'fixed', right: '0', bottom: '0' });
    get(element, '.trigger').click();
    const { right, top, bottom } = get(element, '.menu').getBoundingClientRect();
    expect(right).to.be.at.most(innerWidth);
    expect(bottom).to.be.at.most(innerHeight);
    expect(top).to.be.at.least(0);
  });
});
