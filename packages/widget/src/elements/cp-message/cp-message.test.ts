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

function actionOrNull(element: CpMessage, label: string): Element | null {
  const actions = find(element, 'cp-message-actions');
  return actions.shadowRoot?.querySelector(`[aria-label="${label}"]`) ?? null;
}

/** The button of that name below a reply that did not simply end. */
function note(element: CpMessage, label: string | RegExp): HTMLButtonElement {
  const root = find(element, 'cp-message-note').shadowRoot;
  const found = [...(root?.querySelectorAll('button') ?? [])].find((button) => {
    const name = button.textContent?.trim() ?? '';
    return typeof label === 'string' ? name === label : label.test(name);
  });
  if (found === undefined) throw new Error(`no button ${String(label)}`);
  return found;
}

function openMenuItem(element: CpMessage): HTMLElement | null {
  const menu = find(element, 'cp-message-actions').shadowRoot?.querySelector('cp-menu');
  return menu?.shadowRoot?.querySelector<HTMLElement>(':popover-open .item') ?? null;
}

/** Has the browser's clipboard do what a test wants; what comes back puts it right again. */
function replaceClipboard(writeText: (text: string) => Promise<void>): () => void {
  const { clipboard } = navigator;
  const replace = (value: unknown) =>
    Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
  replace({ writeText });
  return () => void replace(clipboard);
}

function key(name: string, options: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, ...options });
}

const CUT_OFF: Message['metrics'] = {
  prompt_tokens: 12,
  completion_tokens: 64,
  token_count_source: 'provider',
  response_time: 1,
  first_token_time: 0.1,
  tokens_per_second: 64,
  finish_reason: 'length',
};

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
    'a reply that was cut off': reply('So far', { metrics: CUT_OFF }),
    'a reply whose vote was explained': reply('Answer', {
      vote: 'downvote',
      vote_details: { tags: ['too_long', 'of our own'], comment: 'Twice as long as asked.' },
    }),
    'a deleted message': userMessage('', { deleted_at: '2026-01-02T00:00:00.000Z' }),
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
    expect(find(element, 'cp-message-note', '.note').textContent).to.include(ERROR.message);
    const asked = oneEvent(element, 'cp-regenerate');
    note(element, 'Try again').click();
    expect((await asked).detail).to.deep.equal({ messageId: message.message_id });
  });

  it('counts down to the moment another try makes sense', async () => {
    const created_at = new Date(Date.now() + 500).toISOString();
    const error = { ...ERROR, retry_after: 1 };
    const element = await render(reply('', { status: 'error', error, created_at }));
    const button = note(element, /Try again in \d/);
    expect(button.disabled).to.equal(true);
    await waitFor(() => !button.disabled);
    expect(button.textContent?.trim()).to.equal('Try again');
  });

  it('does not count down for what failed long ago', async () => {
    const error = { ...ERROR, retry_after: 30 };
    const element = await render(reply('', { status: 'error', error }));
    expect(note(element, 'Try again').disabled).to.equal(false);
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

  it('lets a reply that was cut off go on, however it was', async () => {
    for (const cutOff of [
      reply('So far', { metrics: CUT_OFF }),
      reply('So far', { status: 'stopped' }),
      reply('So far', { status: 'interrupted' }),
      reply('So far', { status: 'error', error: ERROR }),
    ]) {
      const element = await render(cutOff);
      const asked = oneEvent(element, 'cp-continue');
      note(element, 'Continue').click();
      expect((await asked).detail).to.deep.equal({ messageId: cutOff.message_id });
    }
  });

  it('offers another try where there is nothing to go on from, and neither to a whole reply', async () => {
    const nothing = await render(reply('', { status: 'stopped' }));
    expect(note(nothing, 'Try again')).not.to.equal(undefined);
    expect(() => note(nothing, 'Continue')).to.throw();
    const whole = await render(reply('Answer'));
    expect(whole.shadowRoot?.querySelector('cp-message-note')).to.equal(null);
  });

  it('asks to delete a message from its menu', async () => {
    const message = userMessage('Hello');
    const element = await render(message);
    action(element, 'More actions').click();
    await waitFor(() => openMenuItem(element) !== null);
    const asked = oneEvent(element, 'cp-delete-message');
    openMenuItem(element)?.click();
    expect((await asked).detail).to.deep.equal({ messageId: message.message_id });
  });

  it('says that a message was deleted, and leaves only the way to its other versions', async () => {
    const element = await render(
      reply('', { deleted_at: '2026-01-02T00:00:00.000Z', sibling_count: 2, next_sibling_id: 'b' }),
    );
    expect(find(element, '.deleted').textContent).to.equal('This message was deleted.');
    const names = [
      ...(find(element, 'cp-message-actions').shadowRoot?.querySelectorAll('button') ?? []),
    ].map((button) => button.getAttribute('aria-label'));
    expect(names).to.deep.equal(['Previous version', 'Next version']);
  });

  describe('copying', () => {
    it('puts the text as read, or its markdown, on the clipboard', async () => {
      const element = await render(reply('Some **bold** text'));
      const copied: string[] = [];
      const restore = replaceClipboard(async (text) => void copied.push(text));
      for (const label of ['Copy as text', 'Copy as Markdown']) {
        action(element, label).click();
        await waitFor(() => actionOrNull(element, 'Copied') !== null);
      }
      restore();
      expect(copied).to.deep.equal(['Some bold text', 'Some **bold** text']);
    });

    it('says that it has copied only once the clipboard has taken it', async () => {
      const element = await render(reply('Text'));
      let take: () => void = () => undefined;
      const restore = replaceClipboard(() => new Promise((resolve) => (take = resolve)));
      action(element, 'Copy as text').click();
      await settle(element);
      expect(actionOrNull(element, 'Copied')).to.equal(null);
      take();
      await waitFor(() => actionOrNull(element, 'Copied') !== null);
      restore();
    });

    it('says what to do when the browser does not allow it, and keeps the focus', async () => {
      const element = await render(reply('Text'));
      const restoreClipboard = replaceClipboard(() => Promise.reject(new Error('refused')));
      const { execCommand } = document;
      document.execCommand = () => false;
      const told = oneEvent(element, 'cp-toast');
      action(element, 'Copy as text').focus();
      action(element, 'Copy as text').click();
      const { text, kind } = (await told).detail as { text: string; kind: string };
      document.execCommand = execCommand;
      restoreClipboard();
      expect(kind).to.equal('error');
      expect(text).to.contain('Select the text');
      expect(actionOrNull(element, 'Copied')).to.equal(null);
      expect(find(element, 'cp-message-actions').shadowRoot?.activeElement).to.equal(
        action(element, 'Copy as text'),
      );
    });
  });

  describe('a vote with a why', () => {
    /** Votes, and shows the vote as the store would. */
    async function vote(element: CpMessage, label: 'Good reply' | 'Bad reply'): Promise<void> {
      action(element, label).focus();
      action(element, label).click();
      const now = label === 'Good reply' ? 'upvote' : 'downvote';
      element.message = { ...element.message, vote: now };
      await settle(element);
    }
    const chip = (element: CpMessage, label: string): HTMLElement => {
      const chips = find(element, 'cp-vote-reasons').shadowRoot?.querySelectorAll('.chip') ?? [];
      const found = [...chips].find(({ textContent }) => textContent?.trim() === label);
      if (!(found instanceof HTMLElement)) throw new Error(`no reason ${label}`);
      return found;
    };

    it('asks for reasons after a vote, accessibly, and sends what was chosen and said', async () => {
      const element = await render(reply('Answer'));
      await vote(element, 'Bad reply');
      await expect(element).to.be.accessible();
      chip(element, 'Too long').click();
      chip(element, 'Not correct').click();
      chip(element, 'Too long').click();
      find<HTMLTextAreaElement>(element, 'cp-vote-reasons', 'textarea').value = ' Wrong year. ';
      const explained = oneEvent(element, 'cp-explain-vote');
      find(element, 'cp-vote-reasons', '[type=submit]').click();
      const { messageId, details } = (await explained).detail;
      expect(messageId).to.equal(element.message.message_id);
      expect(details).to.deep.equal({ tags: ['incorrect'], comment: 'Wrong year.' });
      await waitFor(() => element.shadowRoot?.querySelector('cp-vote-reasons') === null);
    });

    it('closes on Escape with nothing said and gives the focus back to the vote', async () => {
      const element = await render(reply('Answer'));
      let said = 0;
      element.addEventListener('cp-explain-vote', () => (said += 1));
      await vote(element, 'Good reply');
      chip(element, 'Helpful').focus();
      chip(element, 'Helpful').dispatchEvent(key('Escape', { cancelable: true }));
      await waitFor(
        () =>
          find(element, 'cp-message-actions').shadowRoot?.activeElement ===
          action(element, 'Good reply'),
      );
      expect(element.shadowRoot?.querySelector('cp-vote-reasons')).to.equal(null);
      expect(said).to.equal(0);
    });

    it('does not ask when a vote is taken back', async () => {
      const element = await render(reply('Answer', { vote: 'upvote' }));
      action(element, 'Good reply').click();
      element.message = { ...element.message, vote: null };
      await settle(element);
      expect(element.shadowRoot?.querySelector('cp-vote-reasons')).to.equal(null);
    });

    it('shows the reasons kept with a message and lets them be changed', async () => {
      const vote_details = { tags: ['too_long', 'of our own'], comment: 'Half would do.' };
      const element = await render(reply('Answer', { vote: 'downvote', vote_details }));
      expect(find(element, '.reasons').textContent?.trim()).to.equal(
        'Too long · of our own · “Half would do.”',
      );
      find(element, '.reasons').click();
      await waitFor(() => element.shadowRoot?.activeElement?.localName === 'cp-vote-reasons');
      expect(chip(element, 'of our own').getAttribute('aria-pressed')).to.equal('true');
      const textarea = find<HTMLTextAreaElement>(element, 'cp-vote-reasons', 'textarea');
      expect(textarea.value).to.equal('Half would do.');
      textarea.value = '';
      const explained = oneEvent(element, 'cp-explain-vote');
      textarea.dispatchEvent(key('Enter', { ctrlKey: true }));
      expect((await explained).detail.details).to.deep.equal({
        tags: ['too_long', 'of our own'],
        comment: '',
      });
    });

    it('starts afresh when the vote turns', async () => {
      const element = await render(reply('Answer'));
      await vote(element, 'Good reply');
      chip(element, 'Helpful').click();
      await vote(element, 'Bad reply');
      const pressed = find(element, 'cp-vote-reasons').shadowRoot?.querySelectorAll(
        '.chip[aria-pressed=true]',
      );
      expect(pressed).to.have.length(0);
    });
  });

  it('switches to another version', async () => {
    const element = await render(
      reply('Answer', { sibling_index: 1, sibling_count: 2, previous_sibling_id: 'first' }),
    );
    expect(find(element, 'cp-message-actions', '.branches').textContent).to.match(/2 \/ 2/);
    expect(action(element, 'Next version').disabled).to.equal(true);
    const chosen = oneEvent(element, 'cp-branch');
    action(element, 'Previous version').click();
    expect((await chosen).detail).to.deep.equal({ messageId: 'first', direction: 'previous' });
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
