import { expect } from '@open-wc/testing';
import { press } from '../../test-support/keys.js';
import { find, get, openPlayground } from '../../test-support/open-playground.js';
import type { ChatPlayground } from './chat-playground.js';

function textarea(element: ChatPlayground): HTMLTextAreaElement {
  const found = get(element, 'cp-composer').shadowRoot?.querySelector('textarea');
  if (!found) throw new Error('no message box');
  return found;
}

/** What reaches a page that listens at its document. */
function keysOfPage(): { keys: string[]; end: () => void } {
  const keys: string[] = [];
  const listen = (event: Event) => keys.push((event as KeyboardEvent).key);
  for (const name of ['keydown', 'keyup']) document.addEventListener(name, listen);
  const end = () => {
    for (const name of ['keydown', 'keyup']) document.removeEventListener(name, listen);
  };
  return { keys, end };
}

describe('keys between page and widget', () => {
  it('keeps what is typed into a field from the page, and leaves it what no field has use for', async () => {
    const { element } = await openPlayground();
    const page = keysOfPage();
    const field = textarea(element);
    for (const key of ['s', '/', ' ', 'ArrowLeft', 'Backspace', 'Dead']) press(field, key);
    press(field, 'z', { ctrlKey: true });
    press(field, '@', { ctrlKey: true, altKey: true });
    press(field, 'a', { keyCode: 229 });
    field.dispatchEvent(new KeyboardEvent('keyup', { key: 's', bubbles: true, composed: true }));
    expect(page.keys).to.deep.equal([]);
    for (const key of ['Escape', 'Tab', 'F2']) press(field, key);
    press(field, 'k', { metaKey: true });
    expect(page.keys).to.deep.equal(['Escape', 'Tab', 'F2', 'k']);
    page.end();
  });

  it('leaves the page the keys pressed on the widget’s buttons', async () => {
    const { element } = await openPlayground();
    const page = keysOfPage();
    press(get(element, 'cp-chat-view'), 's');
    expect(page.keys).to.deep.equal(['s']);
    page.end();
  });

  it('takes no key from anything in the page that has the focus', async () => {
    const { element } = await openPlayground({ layout: 'full' });
    const holder = document.createElement('div');
    holder.innerHTML = `<div role="textbox" tabindex="0"></div><div contenteditable></div>
      <input><select></select><div role="grid" tabindex="0"></div><x-editor tabindex="0"></x-editor>`;
    document.body.append(holder);
    const editor = holder.querySelector('x-editor');
    editor?.attachShadow({ mode: 'closed' });
    for (const target of holder.children) {
      for (const key of ['/', '?', 'Escape']) {
        expect(press(target, key), `${key} in ${target.outerHTML}`).to.equal(false);
      }
    }
    expect(find(element, 'cp-composer')?.matches(':focus')).to.equal(false);
    holder.remove();
    expect(press(document.body, '/')).to.equal(true);
    expect(get(element, 'cp-composer').matches(':focus')).to.equal(true);
  });

  it('takes a letter typed with AltGr for no command', async () => {
    const { element } = await openPlayground();
    const asked = press(get(element, 'cp-chat-view'), 'O', {
      ctrlKey: true,
      altKey: true,
      shiftKey: true,
    });
    expect(asked).to.equal(false);
  });

  it('leaves Escape to an input method, also as Safari tells of it', async () => {
    const { element } = await openPlayground();
    expect(press(textarea(element), 'Escape', { keyCode: 229 })).to.equal(false);
    expect(press(textarea(element), 'Escape', { isComposing: true })).to.equal(false);
  });
});

describe('the focus', () => {
  it('stays in the page, and the page where it is, when the page calls a method', async () => {
    const { element } = await openPlayground();
    const field = document.createElement('input');
    const space = document.createElement('div');
    space.style.blockSize = '2500px';
    element.parentElement?.before(field, space);
    field.focus();
    scrollTo(0, 0);
    await element.newChat();
    expect(document.activeElement).to.equal(field);
    expect(scrollY).to.equal(0);
    field.remove();
    space.remove();
  });
});
