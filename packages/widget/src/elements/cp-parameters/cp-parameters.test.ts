import { expect, fixture, html } from '@open-wc/testing';
import '../../define-conversation.js';
import { model } from '../../test-support/chats.js';
import { get } from '../../test-support/open-playground.js';
import type { CpParameters } from './cp-parameters.js';

const MODEL = model('maker/model-7b', {
  output_length: { supported: true, min: 1, max: 4096, step: 1, default: 512 },
  temperature: { supported: true, min: 0, max: 2, step: 0.1, default: 0.7 },
  system_prompt: { supported: true },
});

async function render(values = {}): Promise<CpParameters> {
  return fixture<CpParameters>(
    html`<cp-parameters .model=${MODEL} .values=${values}></cp-parameters>`,
  );
}

describe('<cp-parameters>', () => {
  it('is accessible, closed and with the advanced ones open', async () => {
    const element = await render({ temperature: 1 });
    await expect(element).to.be.accessible();
    (get(element, 'details') as HTMLDetailsElement).open = true;
    await expect(element).to.be.accessible();
  });

  it('is drawn from what the model supports', async () => {
    const element = await render();
    const supported = [...(element.shadowRoot?.querySelectorAll('cp-number-parameter') ?? [])]
      .filter(({ spec }) => spec.supported)
      .map(({ name }) => name);
    expect(supported).to.deep.equal(['output_length', 'temperature']);
  });

  it('resets every parameter that is set, and only those', async () => {
    const element = await render({ model: 'maker/model-7b', temperature: 1, stop: ['END'] });
    const names: string[] = [];
    element.addEventListener('cp-parameter-reset', ({ detail }) => names.push(detail.name));
    get(element, '.head .button').click();
    expect(names).to.deep.equal(['temperature', 'stop']);
  });

  it('offers no reset while nothing but the model is chosen', async () => {
    const element = await render({ model: 'maker/model-7b' });
    expect(get(element, '.head .button').hidden).to.equal(true);
  });
});
