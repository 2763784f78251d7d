import { MAX_MESSAGE_LENGTH } from '@chat-playground/sdk';
import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { fill, press } from '../../test-support/keys.js';
import type { CpComposer } from './cp-composer.js';

async function render(chatKey = 'new'): Promise<CpComposer> {
  return fixture<CpComposer>(html`<cp-composer chat-key=${chatKey}></cp-composer>`);
}

function textareaOf(element: CpComposer): HTMLTextAreaElement {
  const textarea = element.shadowRoot?.querySelector('textarea');
  if (!textarea) throw new Error('no textarea');
  return textarea;
}

function buttonOf(element: CpComposer): HTMLButtonElement {
  const button = element.shadowRoot?.querySelector<HTMLButtonElement>('.action');
  if (!button) throw new Error('no button');
  return button;
}

function sentBy(element: CpComposer): string[] {
  const sent: string[] = [];
  element.addEventListener('cp-send', ({ detail }) => sent.push(detail.text));
  return sent;
}

describe('<cp-composer>', () => {
  beforeEach(() => sessionStorage.clear());

  it('is accessible empty, written in and busy', async () => {
    const element = await render();
    await expect(element).to.be.accessible();
    fill(textareaOf(element), 'Hello');
    await element.updateComplete;
    await expect(element).to.be.accessible();
    element.busy = true;
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('has a phone’s Enter key say what it does', async () => {
    const element = await render();
    const original = globalThis.matchMedia;
    for (const [isTouch, hint] of [
      [true, 'enter'],
      [false, 'send'],
    ] as const) {
      globalThis.matchMedia = (query) =>
        query.includes('coarse') ? ({ matches: isTouch } as MediaQueryList) : original(query);
      textareaOf(element).dispatchEvent(new FocusEvent('focus'));
      await element.updateComplete;
      expect(textareaOf(element).enterKeyHint).to.equal(hint);
      fill(textareaOf(element), 'Hello');
      await element.updateComplete;
      expect(press(textareaOf(element), 'Enter')).to.equal(!isTouch);
    }
    globalThis.matchMedia = original;
  });

  it('sends on Enter, trimmed, and is empty afterwards', async () => {
    const element = await render();
    const sent = sentBy(element);
    fill(textareaOf(element), '  Hello\nyou ');
    await element.updateComplete;
    expect(press(textareaOf(element), 'Enter')).to.equal(true);
    expect(sent).to.deep.equal(['Hello\nyou']);
    expect(textareaOf(element).value).to.equal('');
  });

  it('makes a line on Shift + Enter', async () => {
    const element = await render();
    const sent = sentBy(element);
    fill(textareaOf(element), 'Hello');
    expect(press(textareaOf(element), 'Enter', { shiftKey: true })).to.equal(false);
    expect(sent).to.deep.equal([]);
  });

  it('leaves Enter to an input method that is composing', async () => {
    const element = await render();
    const sent = sentBy(element);
    fill(textareaOf(element), 'สวัสดี');
    expect(press(textareaOf(element), 'Enter', { isComposing: true })).to.equal(false);
    expect(press(textareaOf(element), 'Enter', { keyCode: 229 })).to.equal(false);
    expect(sent).to.deep.equal([]);
  });

  it('sends neither blanks, nor while disabled, nor while a reply runs', async () => {
    const element = await render();
    const sent = sentBy(element);
    fill(textareaOf(element), ' \n ');
    press(textareaOf(element), 'Enter');
    fill(textareaOf(element), 'Hello');
    element.disabled = true;
    press(textareaOf(element), 'Enter');
    element.disabled = false;
    element.busy = true;
    press(textareaOf(element), 'Enter');
    expect(sent).to.deep.equal([]);
    expect(textareaOf(element).value).to.equal('Hello');
  });

  it('turns the button into one that stops while a reply runs', async () => {
    const element = await render();
    let stops = 0;
    element.addEventListener('cp-stop', () => (stops += 1));
    element.busy = true;
    await element.updateComplete;
    expect(buttonOf(element).getAttribute('aria-label')).to.equal('Stop reply');
    buttonOf(element).click();
    expect(stops).to.equal(1);
  });

  it('keeps a draft for each chat', async () => {
    const element = await render('a');
    fill(textareaOf(element), 'for a');
    element.chatKey = 'b';
    await element.updateComplete;
    expect(textareaOf(element).value).to.equal('');
    fill(textareaOf(element), 'for b');
    element.chatKey = 'a';
    await element.updateComplete;
    expect(textareaOf(element).value).to.equal('for a');
    element.remove();
    const again = await render('b');
    expect(textareaOf(again).value).to.equal('for b');
  });

  it('forgets the draft that was sent', async () => {
    const element = await render('a');
    fill(textareaOf(element), 'Hello');
    press(textareaOf(element), 'Enter');
    element.remove();
    expect(textareaOf(await render('a')).value).to.equal('');
  });

  it('keeps what is typed on while a new chat gets its id', async () => {
    const element = await render('new');
    fill(textareaOf(element), 'Hello');
    press(textareaOf(element), 'Enter');
    fill(textareaOf(element), 'and then');
    element.chatKey = 'id-of-it';
    await element.updateComplete;
    expect(textareaOf(element).value).to.equal('and then');
    element.chatKey = 'new';
    await element.updateComplete;
    expect(textareaOf(element).value).to.equal('');
  });

  it('takes a huge paste, counts near the end and refuses beyond it', async () => {
    const element = await render();
    const sent = sentBy(element);
    fill(textareaOf(element), 'x'.repeat(MAX_MESSAGE_LENGTH - 10));
    await element.updateComplete;
    const count = element.shadowRoot?.querySelector('#count');
    expect(count?.textContent).to.equal('10 characters left');
    fill(textareaOf(element), 'x'.repeat(MAX_MESSAGE_LENGTH + 1));
    await element.updateComplete;
    expect(count?.textContent).to.equal('1 character too many');
    expect(buttonOf(element).disabled).to.equal(true);
    press(textareaOf(element), 'Enter');
    expect(sent).to.deep.equal([]);
  });

  it('restores a text only where nothing was typed meanwhile', async () => {
    const element = await render();
    element.restore('not sent');
    expect(textareaOf(element).value).to.equal('not sent');
    element.restore('other');
    expect(textareaOf(element).value).to.equal('not sent');
  });

  it('grows with its text', async () => {
    const element = await render();
    const before = textareaOf(element).offsetHeight;
    fill(textareaOf(element), 'a\nb\nc\nd');
    await element.updateComplete;
    expect(textareaOf(element).offsetHeight).to.be.greaterThan(before * 2);
  });
});
