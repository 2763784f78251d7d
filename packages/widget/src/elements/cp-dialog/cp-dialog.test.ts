import { expect, fixture, html } from '@open-wc/testing';
import '../../define-sheets.js';
import { press } from '../../test-support/keys.js';
import { get } from '../../test-support/open-playground.js';
import type { CpDialog } from './cp-dialog.js';

async function open(): Promise<CpDialog> {
  const element = await fixture<CpDialog>(
    html`<cp-dialog heading="Shortcuts"><p>Press a key.</p></cp-dialog>`,
  );
  await element.show();
  return element;
}

describe('<cp-dialog>', () => {
  it('is accessible and named by its heading', async () => {
    await expect(await open()).to.be.accessible();
  });

  it('stands in the middle, and holds what is too wide for it', async () => {
    const element = await fixture<CpDialog>(
      html`<cp-dialog heading="Connect"><cp-connect-help></cp-connect-help></cp-dialog>`,
    );
    await element.show();
    const { left, right } = get(element, 'dialog').getBoundingClientRect();
    expect(left).to.be.greaterThan(0);
    expect(left).to.be.closeTo(document.documentElement.clientWidth - right, 2);
    const content = get(element, '.content');
    expect(content.scrollWidth).to.equal(content.clientWidth);
  });

  it('closes by its button and by a click beside it, not by one inside', async () => {
    const element = await open();
    get(element, 'h2').click();
    expect(element.isOpen).to.equal(true);
    get(element, 'dialog').click();
    expect(element.isOpen).to.equal(false);
    await element.show();
    get(element, '[aria-label="Close"]').click();
    expect(element.isOpen).to.equal(false);
  });

  it('keeps Escape to itself', async () => {
    const element = await open();
    let noticed = 0;
    element.addEventListener('keydown', () => (noticed += 1));
    press(get(element, 'h2'), 'Escape');
    expect(noticed).to.equal(0);
  });
});
