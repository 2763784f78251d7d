import { ChatError, type Preset } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import '../../define-presets.js';
import { fill, press } from '../../test-support/keys.js';
import { find, get } from '../../test-support/open-playground.js';
import type { CpPresets } from './cp-presets.js';
import type { PresetsView } from './preset-state.js';

function preset(name: string, parameters: Preset['parameters'] = {}): Preset {
  const time = '2026-01-01T00:00:00.000Z';
  return { preset_id: name, name, parameters, created_at: time, updated_at: time, version: 1 };
}

const CALM = preset('Calm', { temperature: 0.2 });
const WILD = preset('Wild', { temperature: 1.4, model: 'maker/model-7b' });

async function render(view: Partial<PresetsView> = {}, values = {}): Promise<CpPresets> {
  const whole: PresetsView = {
    status: 'ready',
    presets: [CALM, WILD],
    error: null,
    chosenId: null,
    ...view,
  };
  return fixture<CpPresets>(html`<cp-presets .view=${whole} .values=${values}></cp-presets>`);
}

async function choose(element: CpPresets, item: string): Promise<void> {
  const menu = get(element, 'cp-menu');
  get(menu, '.trigger').click();
  const items = [...(menu.shadowRoot?.querySelectorAll<HTMLElement>('.item') ?? [])];
  items.find(({ textContent }) => textContent?.trim() === item)?.click();
  await element.updateComplete;
}

const textOf = (element: CpPresets, selector: string): string | undefined =>
  find(element, selector)?.textContent?.replace(/\s+/g, ' ').trim();

describe('<cp-presets>', () => {
  it('is accessible with presets, without, loading, failed, changed and being named', async () => {
    const error = new ChatError('no', { code: 'network', retryable: true });
    for (const view of [
      {},
      { presets: [] },
      { status: 'loading' as const, presets: [] },
      { status: 'error' as const, presets: [], error },
      { chosenId: 'Calm' },
    ]) {
      const element = await render(view);
      await expect(element).to.be.accessible();
      get(element, '.save').click();
      await element.updateComplete;
      await expect(element).to.be.accessible();
    }
  });

  it('asks for the presets when they are not known yet', async () => {
    const element = await render();
    const asked = oneEvent(element, 'cp-presets-load');
    element.view = { status: 'idle', presets: [], error: null, chosenId: null };
    await asked;
  });

  it('marks which is in effect, and that it was changed since', async () => {
    const same = await render({ chosenId: 'Calm' }, { temperature: 0.2, model: 'any/model' });
    expect(textOf(same, '[aria-current]')).to.equal('Calm in effect');
    expect(find(same, '.changes')).to.equal(null);
    const changed = await render({ chosenId: 'Calm' }, { temperature: 0.3 });
    expect(textOf(changed, '[aria-current]')).to.equal('Calm changed');
    expect(textOf(changed, '.changes p')).to.contain('“Calm”');
    const otherModel = await render({ chosenId: 'Wild' }, { temperature: 1.4, model: 'other' });
    expect(textOf(otherModel, '[aria-current]')).to.equal('Wild changed');
  });

  it('applies, and of changes asks to save them or to go back', async () => {
    const element = await render({ chosenId: 'Calm' }, { temperature: 1 });
    const applied = oneEvent(element, 'cp-preset-apply');
    element.shadowRoot?.querySelectorAll<HTMLElement>('.choose')[1]?.click();
    expect((await applied).detail).to.deep.equal({ presetId: 'Wild' });
    const [save, revert] =
      element.shadowRoot?.querySelectorAll<HTMLElement>('.changes button') ?? [];
    const saved = oneEvent(element, 'cp-preset-overwrite');
    save?.click();
    expect((await saved).detail).to.deep.equal({ presetId: 'Calm' });
    const reverted = oneEvent(element, 'cp-preset-apply');
    revert?.click();
    expect((await reverted).detail).to.deep.equal({ presetId: 'Calm' });
  });

  it('saves under a new name, and gives the focus back', async () => {
    const element = await render();
    get(element, '.save').click();
    await element.updateComplete;
    const input = get(element, 'input') as HTMLInputElement;
    expect(input.matches(':focus')).to.equal(true);
    fill(input, '  Terse ');
    await get(element, 'cp-preset-name').updateComplete;
    const saved = oneEvent(element, 'cp-preset-save');
    get(element, '[type=submit]').click();
    expect((await saved).detail).to.deep.equal({ name: 'Terse' });
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(get(element, '.save'));
  });

  it('says that a name is taken, and then overwrites that preset', async () => {
    const element = await render();
    get(element, '.save').click();
    await element.updateComplete;
    fill(get(element, 'input') as HTMLInputElement, 'calm');
    await get(element, 'cp-preset-name').updateComplete;
    expect(textOf(element, '[role=status]')).to.contain('overwrites');
    const overwritten = oneEvent(element, 'cp-preset-overwrite');
    get(element, '[type=submit]').click();
    expect((await overwritten).detail).to.deep.equal({ presetId: 'Calm' });
  });

  it('names nothing on Escape', async () => {
    const element = await render();
    let named = 0;
    element.addEventListener('cp-preset-save', () => (named += 1));
    get(element, '.save').click();
    await element.updateComplete;
    fill(get(element, 'input') as HTMLInputElement, 'Terse');
    expect(press(get(element, 'input'), 'Escape')).to.equal(true);
    await element.updateComplete;
    expect(find(element, 'input')).to.equal(null);
    expect(element.shadowRoot?.activeElement).to.equal(get(element, '.save'));
    expect(named).to.equal(0);
  });

  it('renames, overwrites and deletes from its menu', async () => {
    const element = await render();
    const asked: unknown[] = [];
    for (const name of ['cp-preset-rename', 'cp-preset-overwrite', 'cp-preset-delete'] as const) {
      element.addEventListener(name, ({ detail }) => asked.push(detail));
    }
    await choose(element, 'Rename');
    fill(get(element, 'input') as HTMLInputElement, 'Quiet');
    get(element, '[type=submit]').click();
    await element.updateComplete;
    await choose(element, 'Overwrite with current');
    await choose(element, 'Delete');
    expect(asked).to.deep.equal([
      { presetId: 'Calm', name: 'Quiet' },
      { presetId: 'Calm' },
      { presetId: 'Calm' },
    ]);
  });

  it('gives the focus to the next preset when one is deleted, and to saving after the last', async () => {
    const element = await render();
    const view = (presets: Preset[]): PresetsView => ({
      status: 'ready',
      presets,
      error: null,
      chosenId: null,
    });
    await choose(element, 'Delete');
    element.view = view([WILD]);
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(get(element, 'cp-menu'));
    element.view = view([]);
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(get(element, '.save'));
  });
});
