import { expect, fixture, html } from '@open-wc/testing';
import '../define.js';
import type { CpMenu } from '../elements/cp-menu/cp-menu.js';
import { get } from '../test-support/open-playground.js';
import { until } from '../test-support/until.js';

/** As much as lies between a popover and its button. */
const GAP_PX = 6;

/** An open menu in a list that scrolls, with room above and below. */
async function openInList(): Promise<{ list: HTMLElement; menu: CpMenu }> {
  const list = await fixture<HTMLElement>(
    html`<div style="block-size: 300px; overflow: auto">
      <div class="above" style="block-size: 120px"></div>
      <cp-menu label="More" .groups=${[{ items: [{ id: 'one', label: 'One' }] }]}>More</cp-menu>
      <div style="block-size: 900px"></div>
    </div>`,
  );
  const menu = get(list, 'cp-menu');
  await menu.open();
  return { list, menu };
}

const popoverOf = (menu: CpMenu): HTMLElement => get(menu, '.menu');
const distance = (menu: CpMenu): number =>
  popoverOf(menu).getBoundingClientRect().top -
  get(menu, '.trigger').getBoundingClientRect().bottom;
const isOpen = (menu: CpMenu): boolean => popoverOf(menu).matches(':popover-open');

describe('an open popover', () => {
  it('follows its button when a list scrolls, and when something grows above it', async () => {
    const { list, menu } = await openInList();
    expect(distance(menu)).to.be.closeTo(GAP_PX, 1);
    const before = popoverOf(menu).getBoundingClientRect().top;
    list.scrollTop = 60;
    await until(() => Math.abs(before - 60 - popoverOf(menu).getBoundingClientRect().top) < 1);
    expect(distance(menu)).to.be.closeTo(GAP_PX, 1);
    get(list, '.above').style.blockSize = '160px';
    await until(() => Math.abs(before - 20 - popoverOf(menu).getBoundingClientRect().top) < 1);
    expect(distance(menu)).to.be.closeTo(GAP_PX, 1);
    expect(isOpen(menu)).to.equal(true);
  });

  it('closes when its button is scrolled out of sight', async () => {
    const { list, menu } = await openInList();
    list.scrollTop = 500;
    await until(() => !isOpen(menu));
    await menu.updateComplete;
    expect(get(menu, '.trigger').ariaExpanded).to.equal('false');
    expect(list.scrollTop).to.equal(500);
  });

  it('lets go of its button when it is closed', async () => {
    const { list, menu } = await openInList();
    popoverOf(menu).hidePopover();
    await until(() => get(menu, '.trigger').ariaExpanded === 'false');
    const { left, top } = popoverOf(menu).style;
    list.scrollTop = 30;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect([popoverOf(menu).style.left, popoverOf(menu).style.top]).to.deep.equal([left, top]);
  });
});
