import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { find, get } from '../../test-support/open-playground.js';
import { until } from '../../test-support/until.js';
import type { CpToasts } from './cp-toasts.js';

async function render(): Promise<CpToasts> {
  return fixture<CpToasts>(html`<cp-toasts></cp-toasts>`);
}

const ownSetInterval = globalThis.setInterval;

/** Takes the clock away from what is started from now on. @returns what lets one beat pass */
function replaceInterval(): () => void {
  let beat: () => void = () => undefined;
  globalThis.setInterval = ((callback: () => void) => {
    beat = callback;
    return 0;
  }) as typeof setInterval;
  return () => beat();
}

describe('<cp-toasts>', () => {
  afterEach(() => {
    globalThis.setInterval = ownSetInterval;
  });

  it('is accessible, and read out politely', async () => {
    const element = await render();
    element.show({ text: 'Chat deleted.', action: { label: () => 'Undo', run: () => undefined } });
    await element.updateComplete;
    expect(get(element, '.list').getAttribute('aria-live')).to.equal('polite');
    await expect(element).to.be.accessible();
  });

  it('goes by itself', async () => {
    const tick = replaceInterval();
    const element = await render();
    element.show({ text: 'Copied', durationMs: 500 });
    tick();
    await element.updateComplete;
    expect(find(element, '.toast')).not.to.equal(null);
    tick();
    await element.updateComplete;
    expect(find(element, '.toast')).to.equal(null);
  });

  it('stays while the focus is on it', async () => {
    const tick = replaceInterval();
    const element = await render();
    element.show({ text: 'Stays', durationMs: 500 });
    await element.updateComplete;
    get(element, '[aria-label="Dismiss"]').focus();
    for (let count = 0; count < 10; count += 1) tick();
    await element.updateComplete;
    expect(find(element, '.toast')).not.to.equal(null);
    get(element, '[aria-label="Dismiss"]').blur();
    tick();
    tick();
    await element.updateComplete;
    expect(find(element, '.toast')).to.equal(null);
  });

  it('does what its button says and goes', async () => {
    const element = await render();
    let undone = 0;
    element.show({
      text: 'Chat deleted.',
      durationMs: 30_000,
      action: { label: (seconds) => `Undo (${seconds})`, run: () => (undone += 1) },
    });
    await element.updateComplete;
    expect(get(element, '.action').textContent?.trim()).to.equal('Undo (30)');
    get(element, '.action').click();
    await element.updateComplete;
    expect(undone).to.equal(1);
    expect(find(element, '.toast')).to.equal(null);
  });

  it('leads whoever came to it back when it goes, or says that there is no way back', async () => {
    const before = await fixture<HTMLElement>(html`<button>Before</button>`);
    const element = await render();
    for (const isGone of [false, true]) {
      element.show({ text: 'Chat archived.' });
      await element.updateComplete;
      before.focus();
      get(element, '[aria-label="Dismiss"]').focus();
      if (isGone) before.remove();
      const left = isGone ? oneEvent(element, 'leave') : null;
      get(element, '[aria-label="Dismiss"]').click();
      await (left ?? until(() => document.activeElement === before));
    }
  });

  it('shows texts as text', async () => {
    const element = await render();
    element.show({ text: '<img src=x onerror=alert(1)>' });
    await element.updateComplete;
    expect(find(element, 'img')).to.equal(null);
  });
});
