import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { chat } from '../../test-support/chats.js';
import { fill, press } from '../../test-support/keys.js';
import { find, get } from '../../test-support/open-playground.js';
import type { CpChatItem } from './cp-chat-item.js';

const PLANETS = chat('Planets');

async function render(shown = PLANETS): Promise<CpChatItem> {
  return fixture<CpChatItem>(html`<cp-chat-item .chat=${shown}></cp-chat-item>`);
}

async function choose(element: CpChatItem, label: string): Promise<void> {
  get(element, '.trigger').click();
  const menu = get(element, 'cp-menu');
  const items = [...(menu.shadowRoot?.querySelectorAll<HTMLElement>('.item') ?? [])];
  items.find((item) => item.textContent?.trim() === label)?.click();
  await element.updateComplete;
}

describe('<cp-chat-item>', () => {
  it('is accessible, with its menu open and while it is renamed', async () => {
    const element = await render();
    await expect(element).to.be.accessible();
    get(element, '.trigger').click();
    await expect(element).to.be.accessible();
    await choose(await render(), 'Rename');
    await expect(element).to.be.accessible();
  });

  it('opens its chat', async () => {
    const element = await render();
    const opened = oneEvent(element, 'cp-open-chat');
    get(element, '.open').click();
    expect((await opened).detail).to.deep.equal({ chatId: PLANETS.chat_id });
  });

  it('asks to pin, archive and delete', async () => {
    const element = await render();
    const asked: unknown[] = [];
    for (const name of ['cp-pin-chat', 'cp-archive-chat', 'cp-delete-chat'] as const) {
      element.addEventListener(name, ({ detail }) => asked.push(detail));
    }
    for (const label of ['Pin', 'Archive', 'Delete']) await choose(element, label);
    const chatId = PLANETS.chat_id;
    expect(asked).to.deep.equal([{ chatId, pinned: true }, { chatId, archived: true }, { chatId }]);
  });

  it('renames in place on Enter and gives the focus back', async () => {
    const element = await render();
    await choose(element, 'Rename');
    const input = get(element, 'input') as HTMLInputElement;
    expect(input.matches(':focus')).to.equal(true);
    fill(input, '  Moons ');
    const renamed = oneEvent(element, 'cp-rename-chat');
    press(input, 'Enter');
    expect((await renamed).detail).to.deep.equal({ chatId: PLANETS.chat_id, title: 'Moons' });
    await element.updateComplete;
    expect(get(element, '.open').matches(':focus')).to.equal(true);
  });

  it('leaves Enter and Escape to an input method, also as Safari tells of them', async () => {
    const element = await render();
    await choose(element, 'Rename');
    const input = get(element, 'input');
    for (const key of ['Enter', 'Escape']) {
      expect(press(input, key, { keyCode: 229 }), key).to.equal(false);
      expect(press(input, key, { isComposing: true }), key).to.equal(false);
    }
    await element.updateComplete;
    expect(find(element, 'input')).to.equal(input);
  });

  it('keeps the title on Escape, on an empty one and on the same', async () => {
    const element = await render();
    let renames = 0;
    element.addEventListener('cp-rename-chat', () => (renames += 1));
    for (const [text, key] of [
      ['Moons', 'Escape'],
      ['  ', 'Enter'],
      ['Planets', 'Enter'],
    ] as const) {
      await choose(element, 'Rename');
      const input = get(element, 'input') as HTMLInputElement;
      fill(input, text);
      press(input, key);
      await element.updateComplete;
      expect(find(element, 'input')).to.equal(null);
    }
    expect(renames).to.equal(0);
  });
});
