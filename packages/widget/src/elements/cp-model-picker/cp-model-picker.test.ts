import type { ModelsState } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { model } from '../../test-support/chats.js';
import { fill, press } from '../../test-support/keys.js';
import { find, get } from '../../test-support/open-playground.js';
import type { CpModelPicker } from './cp-model-picker.js';

const STATE: ModelsState = {
  status: 'ready',
  models: [
    model('small', {}, { provider: 'acme' }),
    model('large', {}, { provider: 'acme', is_default: true }),
    model('demo', {}, { provider: 'demo', description: 'Not a language model.' }),
  ],
  error: null,
};

async function render(state = STATE, selected?: string): Promise<CpModelPicker> {
  return fixture<CpModelPicker>(
    html`<cp-model-picker .models=${state} .selected=${selected}></cp-model-picker>`,
  );
}

async function open(element: CpModelPicker): Promise<HTMLInputElement> {
  get(element, '.trigger').click();
  await element.updateComplete;
  return get(element, 'input') as HTMLInputElement;
}

function activeName(element: CpModelPicker): string | undefined {
  return get(element, '[data-active] .name').textContent?.trim();
}

describe('<cp-model-picker>', () => {
  it('is accessible closed, open and without a match', async () => {
    const element = await render();
    await expect(element).to.be.accessible();
    const input = await open(element);
    await expect(element).to.be.accessible();
    fill(input, 'zzz');
    await element.updateComplete;
    await expect(element).to.be.accessible();
    expect(get(element, '.empty').textContent).to.contain('zzz');
  });

  it('shows the chosen model, or else the server’s default', async () => {
    expect(get(await render(), '.current').textContent).to.equal('large');
    expect(get(await render(STATE, 'small'), '.current').textContent).to.equal('small');
    expect(get(await render(STATE, 'gone'), '.current').textContent).to.equal('large');
  });

  it('is operated by keyboard alone', async () => {
    const element = await render();
    const input = await open(element);
    expect(input.matches(':focus')).to.equal(true);
    expect(activeName(element)).to.equal('large');
    press(input, 'ArrowDown');
    await element.updateComplete;
    expect(activeName(element)).to.equal('demo');
    press(input, 'ArrowDown');
    await element.updateComplete;
    expect(activeName(element)).to.equal('small');
    expect(input.getAttribute('aria-activedescendant')).to.equal('option-0');
    const chosen = oneEvent(element, 'cp-parameters-change');
    press(input, 'Enter');
    expect((await chosen).detail.patch).to.deep.equal({ model: 'small' });
    expect(get(element, '.trigger').matches(':focus')).to.equal(true);
  });

  it('finds by name and provider', async () => {
    const element = await render();
    fill(await open(element), 'ACME lar');
    await element.updateComplete;
    const names = [...(element.shadowRoot?.querySelectorAll('.name') ?? [])];
    expect(names.map(({ textContent }) => textContent)).to.deep.equal(['large']);
  });

  it('marks the demo model', async () => {
    const element = await render();
    await open(element);
    expect(element.shadowRoot?.querySelectorAll('.badge')).to.have.length(1);
  });

  it('closes on Escape and gives the focus back, and takes the key', async () => {
    const element = await render();
    const input = await open(element);
    expect(press(input, 'Escape')).to.equal(true);
    await element.updateComplete;
    expect(find(element, '#options')).to.equal(null);
    expect(get(element, '.trigger').matches(':focus')).to.equal(true);
  });

  it('offers to load the models again', async () => {
    const element = await render({ status: 'error', models: [], error: null });
    await open(element);
    const retried = oneEvent(element, 'cp-retry');
    get(element, '.empty button').click();
    expect((await retried).detail.what).to.equal('models');
  });
});
