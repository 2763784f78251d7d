import type { Message } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import { reply, userMessage } from '../../test-support/messages.js';
import type { CpMessage } from './cp-message.js';

async function render(message: Message, fields: Partial<CpMessage> = {}): Promise<CpMessage> {
  const element = await fixture<CpMessage>(
    html`<cp-message
      .message=${message}
      .partial=${fields.partial ?? null}
      ?busy=${fields.busy ?? false}
      votable
      latest
    ></cp-message>`,
  );
  await settle(element);
  return element;
}

async function settle(element: CpMessage): Promise<void> {
  await element.updateComplete;
  for (const child of element.shadowRoot?.querySelectorAll('*') ?? []) {
    if ('updateComplete' in child) await child.updateComplete;
  }
}

function find<Found extends Element = HTMLElement>(root: Element, ...path: string[]): Found {
  let found: Element = root;
  for (const selector of path) {
    const next = found.shadowRoot?.querySelector(selector) ?? null;
    if (next === null) throw new Error(`no ${selector} in ${found.localName}`);
    found = next;
  }
  return found as Found;
}

function action(element: CpMessage, label: string): HTMLButtonElement {
  return find<HTMLButtonElement>(element, 'cp-message-actions', `[aria-label="${label}"]`);
}

function key(name: string, options: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, ...options });
}

const ERROR = {
  code: 'provider_rate_limited',
  message: 'The provider refuses more requests for now.',
  retryable: true,
};

describe('<cp-message>', () => {
  const states: Readonly<Record<string, Message>> = {
    'a message of the user': userMessage('Hello\nthere'),
    'a version of a message': userMessage('Hello', {
      sibling_index: 1,
      sibling_count: 3,
      previous_sibling_id: 'a',
      next_sibling_id: 'b',
    }),
    'a finished reply': reply('Some **text**', { reasoning: 'Let me think.', vote: 'upvote' }),
    'a reply before its first token': reply('', { status: 'pending', metrics: null }),
    'a reply being written': reply('So far', { status: 'streaming', metrics: null }),
    'a stopped reply': reply('So far', { status: 'stopped' }),
    'an interrupted reply': reply('So far', { status: 'interrupted' }),
    'a failed reply': reply('', { status: 'error', error: ERROR, metrics: null }),
    'an empty reply': reply(''),
  };
  for (const [name, message] of Object.entries(states)) {
    it(`is accessible as ${name}`, async () => {
      const element = await render(message);
      expect(element.shadowRoot?.querySelector('article')).not.to.equal(null);
      await expect(element).to.be.accessible();
    });
  }

  it('shows what the user typed as it was typed', async () => {
    const text = '<b>not bold</b>\n  **not either**';
    const element = await render(userMessage(text));
    expect(find(element, '.bubble').textContent).to.equal(text);
    expect(getComputedStyle(find(element, '.bubble')).whiteSpace).to.equal('pre-wrap');
  });

  it('folds a long message and shows it all on demand', async () => {
    const element = await render(userMessage('line\n'.repeat(40)));
    const folded = find(element, '.bubble').clientHeight;
    find(element, '.unfold').click();
    await settle(element);
    expect(find(element, '.bubble').clientHeight).to.be.greaterThan(folded * 2);
  });

  it('shows the partial text of a reply being written, and no actions', async () => {
    const message = reply('', { status: 'streaming', metrics: null });
    const { message_id } = message;
    const element = await render(message, {
      partial: { message_id, content: 'So **far**', reasoning: '', seq: 3 },
    });
    expect(find(element, 'cp-markdown', '.content').textContent).to.equal('So far');
    expect(element.shadowRoot?.querySelector('cp-message-actions')).to.equal(null);
  });

  it('folds reasoning away', async () => {
    const element = await render(reply('Answer', { reasoning: 'Because' }));
    expect(find<HTMLDetailsElement>(element, 'details').open).to.equal(false);
    expect(find(element, 'details cp-markdown', '.content').textContent).to.equal('Because');
  });

  it('says what went wrong and asks for another try', async () => {
    const message = reply('Half', { status: 'error', error: ERROR });
    const element = await render(message);
    expect(find(element, '.note').textContent).to.include(ERROR.message);
    const asked = oneEvent(element, 'cp-regenerate');
    find(element, '.note button').click();
    expect((await asked).detail).to.deep.equal({ messageId: message.message_id });
  });

  it('counts down to the moment another try makes sense', async () => {
    const created_at = new Date(Date.now() + 500).toISOString();
    const error = { ...ERROR, retry_after: 1 };
    const element = await render(reply('', { status: 'error', error, created_at }));
    const button = find<HTMLButtonElement>(element, '.note button');
    expect(button.disabled).to.equal(true);
    expect(button.textContent).to.match(/\d/);
    await waitFor(() => !button.disabled);
    expect(button.textContent?.trim()).to.equal('Try again');
  });

  it('does not count down for what failed long ago', async () => {
    const error = { ...ERROR, retry_after: 30 };
    const element = await render(reply('', { status: 'error', error }));
    expect(find<HTMLButtonElement>(element, '.note button').disabled).to.equal(false);
  });

  it('votes, and shows the vote', async () => {
    const message = reply('Answer', { vote: 'downvote' });
    const element = await render(message);
    expect(action(element, 'Bad reply').getAttribute('aria-pressed')).to.equal('true');
    expect(action(element, 'Good reply').getAttribute('aria-pressed')).to.equal('false');
    const voted = oneEvent(element, 'cp-vote');
    action(element, 'Good reply').click();
    expect((await voted).detail).to.deep.equal({ messageId: message.message_id, vote: 'upvote' });
  });

  it('copies the text as read, or its markdown', async () => {
    const message = reply('Some **bold** text');
    const element = await render(message);
    for (const [label, format, text] of [
      ['Copy as text', 'text', 'Some bold text'],
      ['Copy as Markdown', 'markdown', 'Some **bold** text'],
    ] as const) {
      const copied = oneEvent(element, 'cp-copy');
      action(element, label).click();
      expect((await copied).detail).to.deep.equal({ messageId: message.message_id, format, text });
    }
  });

  it('switches to another version', async () => {
    const element = await render(
      reply('Answer', { sibling_index: 1, sibling_count: 2, previous_sibling_id: 'first' }),
    );
    expect(find(element, 'cp-message-actions', '.branches').textContent).to.match(/2 \/ 2/);
    expect(action(element, 'Next version').disabled).to.equal(true);
    const chosen = oneEvent(element, 'cp-branch');
    action(element, 'Previous version').click();
    expect((await chosen).detail).to.deep.equal({ messageId: 'first' });
  });

  it('edits in place: Ctrl + Enter sends, and only what changed', async () => {
    const message = userMessage('Before');
    const element = await render(message);
    action(element, 'Edit message').click();
    await settle(element);
    const textarea = find<HTMLTextAreaElement>(element, 'cp-message-editor', 'textarea');
    expect(textarea.value).to.equal('Before');
    textarea.value = 'After';
    const edited = oneEvent(element, 'cp-edit');
    textarea.dispatchEvent(key('Enter', { ctrlKey: true }));
    expect((await edited).detail).to.deep.equal({ messageId: message.message_id, text: 'After' });
    await settle(element);
    expect(element.shadowRoot?.querySelector('cp-message-editor')).to.equal(null);
  });

  it('leaves a message as it was on Escape, and gives the focus back', async () => {
    const element = await render(userMessage('Before'));
    action(element, 'Edit message').click();
    await settle(element);
    const textarea = find<HTMLTextAreaElement>(element, 'cp-message-editor', 'textarea');
    textarea.value = 'After';
    textarea.dispatchEvent(key('Escape'));
    await waitFor(() => element.shadowRoot?.activeElement?.localName === 'cp-message-actions');
    expect(find(element, '.bubble').textContent).to.equal('Before');
    expect(find(element, 'cp-message-actions').shadowRoot?.activeElement).to.equal(
      action(element, 'Edit message'),
    );
  });

  it('lets nothing start another reply while one is being written', async () => {
    const mine = await render(userMessage('Hello'), { busy: true });
    expect(action(mine, 'Edit message').disabled).to.equal(true);
    const theirs = await render(reply('Answer'), { busy: true });
    expect(action(theirs, 'Regenerate reply').disabled).to.equal(true);
  });

  it('sums up what a reply cost and opens how it was made', async () => {
    const element = await render(
      reply('Answer', {
        parameters: {
          temperature: { outcome: 'clamped', requested: 5, value: 2, wire_name: 'temperature' },
          top_p: { outcome: 'dropped', requested: 0.5, value: null, wire_name: null },
        },
      }),
    );
    const details = find(element, 'cp-reply-details');
    const summary = find(details, '.summary');
    expect(summary.textContent?.replace(/\s+/g, ' ').trim()).to.equal(
      '345 tokens 6.3 s 55 tokens/s model-7b 2 settings adjusted',
    );
    summary.click();
    await settle(element);
    const surface = find(details, '.surface');
    expect(surface.matches(':popover-open')).to.equal(true);
    expect(find(details, '.clamped').textContent).to.include('changed from 5');
    expect(find(details, '.dropped').textContent).to.include('ignored by the model');
    await expect(element).to.be.accessible();
  });
});

async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => requestAnimationFrame(resolve));
}
