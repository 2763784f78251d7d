import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import { fill } from '../../test-support/keys.js';
import { get } from '../../test-support/open-playground.js';
import type { CpTextParameter } from './cp-text-parameter.js';

async function render(name: 'system_prompt' | 'stop', value = ''): Promise<CpTextParameter> {
  return fixture<CpTextParameter>(
    html`<cp-text-parameter name=${name} supported .value=${value}></cp-text-parameter>`,
  );
}

function textareaOf(element: CpTextParameter): HTMLTextAreaElement {
  return get(element, 'textarea') as HTMLTextAreaElement;
}

describe('<cp-text-parameter>', () => {
  it('is accessible, supported or not', async () => {
    const element = await render('system_prompt', 'Be brief.');
    await expect(element).to.be.accessible();
    element.supported = false;
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('asks for the prompt as it is typed', async () => {
    const element = await render('system_prompt');
    const changed = oneEvent(element, 'cp-parameters-change');
    fill(textareaOf(element), 'Be brief. ');
    expect((await changed).detail.patch).to.deep.equal({ system_prompt: 'Be brief. ' });
  });

  it('makes a stop sequence of every line', async () => {
    const element = await render('stop');
    const changed = oneEvent(element, 'cp-parameters-change');
    fill(textareaOf(element), 'END\n\n ###');
    expect((await changed).detail.patch).to.deep.equal({ stop: ['END', ' ###'] });
  });

  it('leaves the cursor’s empty line alone while stop sequences are typed', async () => {
    const element = await render('stop', 'END');
    textareaOf(element).focus();
    fill(textareaOf(element), 'END\n');
    element.value = 'END ';
    await element.updateComplete;
    expect(textareaOf(element).value).to.equal('END\n');
  });

  it('is reset when emptied, and empty when reset', async () => {
    const element = await render('system_prompt', 'Be brief.');
    const reset = oneEvent(element, 'cp-parameter-reset');
    fill(textareaOf(element), ' ');
    expect((await reset).detail.name).to.equal('system_prompt');
    textareaOf(element).focus();
    element.value = '';
    await element.updateComplete;
    expect(textareaOf(element).value).to.equal('');
  });
});
