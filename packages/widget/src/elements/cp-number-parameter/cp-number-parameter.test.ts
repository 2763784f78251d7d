import type { ParameterSpec } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import { find, get } from '../../test-support/open-playground.js';
import type { CpNumberParameter } from './cp-number-parameter.js';

const SPEC: ParameterSpec = { supported: true, min: 0, max: 2, step: 0.1, default: 0.7 };

async function render(
  spec: ParameterSpec,
  value?: number,
  name = 'temperature',
): Promise<CpNumberParameter> {
  return fixture<CpNumberParameter>(
    html`<cp-number-parameter name=${name} .spec=${spec} .value=${value}></cp-number-parameter>`,
  );
}

function inputOf(element: CpNumberParameter, selector: string): HTMLInputElement {
  return get(element, selector) as HTMLInputElement;
}

describe('<cp-number-parameter>', () => {
  it('is accessible set, left to the model, unsupported and explained', async () => {
    await expect(await render(SPEC, 1)).to.be.accessible();
    await expect(await render({ ...SPEC, default: null })).to.be.accessible();
    await expect(await render({ supported: false })).to.be.accessible();
    await expect(await render({ supported: true }, 4, 'seed')).to.be.accessible();
    const explained = await render(SPEC);
    get(explained, '[aria-controls="help"]').click();
    await explained.updateComplete;
    expect(get(explained, '#help').hidden).to.equal(false);
    await expect(explained).to.be.accessible();
  });

  it('shows the model’s default until a value is asked for', async () => {
    const element = await render(SPEC);
    expect(inputOf(element, '.number').value).to.equal('0.7');
    expect(inputOf(element, '.range').value).to.equal('0.7');
    expect(find(element, '[aria-label="Reset Temperature"]')).to.equal(null);
  });

  it('asks for the value the slider is moved to', async () => {
    const element = await render(SPEC);
    const changed = oneEvent(element, 'cp-parameters-change');
    const range = inputOf(element, '.range');
    range.value = '1.5';
    range.dispatchEvent(new InputEvent('input'));
    expect((await changed).detail.patch).to.deep.equal({ temperature: 1.5 });
  });

  it('keeps a written number within the model’s range', async () => {
    const element = await render(SPEC);
    const changed = oneEvent(element, 'cp-parameters-change');
    const number = inputOf(element, '.number');
    number.value = '9';
    number.dispatchEvent(new Event('change'));
    expect((await changed).detail.patch).to.deep.equal({ temperature: 2 });
  });

  it('makes whole numbers of tokens', async () => {
    const spec = { supported: true, min: 1, max: 100, step: 1, default: 10 };
    const element = await render(spec, undefined, 'output_length');
    const changed = oneEvent(element, 'cp-parameters-change');
    const number = inputOf(element, '.number');
    number.value = '12.6';
    number.dispatchEvent(new Event('change'));
    expect((await changed).detail.patch).to.deep.equal({ output_length: 13 });
  });

  it('goes back to the default when the field is emptied or reset', async () => {
    const element = await render(SPEC, 1.2);
    const emptied = oneEvent(element, 'cp-parameter-reset');
    const number = inputOf(element, '.number');
    number.value = '';
    number.dispatchEvent(new Event('change'));
    expect((await emptied).detail.name).to.equal('temperature');
    const reset = oneEvent(element, 'cp-parameter-reset');
    get(element, '[aria-label="Reset Temperature"]').click();
    expect((await reset).detail.name).to.equal('temperature');
  });

  it('says that the model has no such setting, and lets nobody move it', async () => {
    const element = await render({ supported: false });
    expect(inputOf(element, '.range').disabled).to.equal(true);
    expect(get(element, '#why').textContent).to.contain('no such setting');
  });

  it('fills its track without a style attribute, which strict pages forbid', async () => {
    const element = await render(SPEC, 1);
    expect(inputOf(element, '.range').style.getPropertyValue('--_fill')).to.equal('50%');
  });
});
