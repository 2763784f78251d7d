import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { press } from '../../test-support/keys.js';
import { get } from '../../test-support/open-playground.js';
import type { CpFrame } from './cp-frame.js';

async function render(): Promise<CpFrame> {
  const box = document.createElement('div');
  box.style.blockSize = '400px';
  return fixture<CpFrame>(
    html`<cp-frame history="docked" parameters="closed">
      <div slot="history"><button id="chat">A chat</button><button id="last">Last</button></div>
      <button id="write">Write</button>
      <div slot="parameters"><button id="set">Set</button></div>
    </cp-frame>`,
    { parentNode: box },
  );
}

describe('<cp-frame>', () => {
  it('is accessible with sides beside the conversation and over it', async () => {
    const element = await render();
    await expect(element).to.be.accessible();
    element.history = 'drawer';
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('is the page’s main landmark only when told so', async () => {
    const element = await render();
    expect(get(element, '.centre').getAttribute('role')).to.equal('region');
    element.main = true;
    await element.updateComplete;
    expect(get(element, '.centre').getAttribute('role')).to.equal('main');
  });

  it('moves the focus into a drawer, keeps it there and gives it back', async () => {
    const element = await render();
    element.history = 'closed';
    await element.updateComplete;
    get(element, '#write').focus();
    element.history = 'drawer';
    await element.updateComplete;
    const close = get(element, '.history .icon-button');
    expect(close.matches(':focus')).to.equal(true);
    expect(get(element, '.centre').inert).to.equal(true);

    press(close, 'Tab', { shiftKey: true });
    expect(document.activeElement?.id).to.equal('last');
    press(get(element, '#last'), 'Tab');
    expect(close.matches(':focus')).to.equal(true);
    // In between the browser moves the focus by itself.
    expect(press(close, 'Tab')).to.equal(false);

    element.history = 'closed';
    await element.updateComplete;
    expect(document.activeElement?.id).to.equal('write');
  });

  it('asks to be closed on Escape and on a click beside a drawer', async () => {
    const element = await render();
    element.history = 'closed';
    element.parameters = 'drawer';
    await element.updateComplete;
    const escaped = oneEvent(element, 'cp-hide');
    press(get(element, '#set'), 'Escape');
    expect((await escaped).detail.panel).to.equal('parameters');
    const clicked = oneEvent(element, 'cp-hide');
    get(element, '.scrim').click();
    expect((await clicked).detail.panel).to.equal('parameters');
  });

  it('mirrors itself where text runs from right to left', async () => {
    const element = await render();
    element.dir = 'rtl';
    await element.updateComplete;
    const side = get(element, '.history').getBoundingClientRect();
    const centre = get(element, '.centre').getBoundingClientRect();
    expect(side.left).to.be.at.least(centre.right - 1);
  });
});
