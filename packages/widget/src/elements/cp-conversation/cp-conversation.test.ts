import type { Message } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-conversation.js';
import { press } from '../../test-support/keys.js';
import { reply, userMessage } from '../../test-support/messages.js';
import type { CpMessage } from '../cp-message/cp-message.js';
import type { CpConversation } from './cp-conversation.js';

const PARAGRAPH = 'A paragraph of a reply, long enough to fill more than one line of it. '.repeat(
  6,
);

function exchanges(count: number): Message[] {
  return Array.from({ length: count }, (_, index) => [
    userMessage(`Question ${index}`),
    reply(`Answer ${index}\n\n${PARAGRAPH}`),
  ]).flat();
}

/** With all that is near drawn; what a list opens with has a test of its own. */
async function render(messages: Message[], hasOlder = false): Promise<CpConversation> {
  const element = await open(messages, hasOlder);
  await frames();
  const near = messages.length <= 200 ? messages.length : 60;
  await waitFor(() => messagesOf(element).length >= near);
  await frames();
  return element;
}

async function open(messages: Message[], hasOlder = false): Promise<CpConversation> {
  return fixture<CpConversation>(
    html`<cp-conversation
      style="block-size: 400px"
      votable
      ?has-older=${hasOlder}
      .messages=${messages}
    ></cp-conversation>`,
  );
}

/** Two frames: layout, observers, and what they ask for. */
async function frames(): Promise<void> {
  for (let count = 0; count < 2; count += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function query(element: CpConversation, selector: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
}

function scroller(element: CpConversation): HTMLElement {
  const found = query(element, '.scroller');
  if (found === null) throw new Error('not rendered');
  return found;
}

function messagesOf(element: CpConversation): CpMessage[] {
  return [...(element.shadowRoot?.querySelectorAll('cp-message') ?? [])];
}

function distanceFromEnd(element: CpConversation): number {
  const { scrollHeight, scrollTop, clientHeight } = scroller(element);
  return scrollHeight - scrollTop - clientHeight;
}

async function scrollTo(element: CpConversation, top: number): Promise<void> {
  const scrolled = oneEvent(scroller(element), 'scroll');
  scroller(element).scrollTop = top;
  await scrolled;
  await frames();
}

/** Puts a reply being written at the end. */
function startReply(element: CpConversation): {
  message: Message;
  say(text: string): Promise<void>;
} {
  const message = reply('', { status: 'streaming', metrics: null });
  element.messages = [...element.messages, userMessage('Next'), message];
  const { message_id } = message;
  let seq = 0;
  const say = async (content: string): Promise<void> => {
    seq += 1;
    element.partial = { message_id, content, reasoning: '', seq };
    await element.updateComplete;
    await frames();
  };
  return { message, say };
}

/** A reply with every kind of block, of about so many tokens (a word or a sign is one). */
function longReply(tokens: number): string[] {
  const section = `## A heading

${PARAGRAPH}

- an item with **bold** words
- another with \`code\` in it

| name | count |
|------|-------|
| one  | 1     |

\`\`\`js
const value = compute(1, 2);
\`\`\`

> A quotation.

`;
  const pieces = section.match(/\s*\w+|\s*[^\w\s]|\s+/g) ?? [];
  return Array.from({ length: tokens }, (_, index) => pieces[index % pieces.length] ?? '');
}

/** What is selected inside of a message, as the reader sees it. */
function selectedText(roots: ShadowRoot[]): string {
  const [range] = getSelection()?.getComposedRanges({ shadowRoots: roots }) ?? [];
  if (range === undefined) return '';
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.toString();
}

describe('<cp-conversation>', () => {
  it('is accessible', async () => {
    const element = await render(exchanges(3));
    expect(messagesOf(element)).to.have.length(6);
    await expect(element).to.be.accessible();
  });

  it('is a log that is not read out word by word', async () => {
    const element = await render(exchanges(1));
    expect(scroller(element).getAttribute('role')).to.equal('log');
    expect(scroller(element).getAttribute('aria-live')).to.equal('off');
  });

  it('announces that a reply starts and that it is finished, and nothing between', async () => {
    const element = await render(exchanges(1));
    const { message, say } = startReply(element);
    const heard: (string | null)[] = [];
    const status = query(element, '[role="status"]');
    const observer = new MutationObserver(() => heard.push(status?.textContent ?? null));
    if (status !== null)
      observer.observe(status, { childList: true, characterData: true, subtree: true });
    for (const text of ['One', 'One two', 'One two three']) await say(text);
    element.partial = null;
    element.messages = element.messages.with(-1, {
      ...message,
      status: 'complete',
      content: 'One two three',
    });
    await frames();
    expect(heard).to.deep.equal(['Reply started.', 'Reply finished.']);
    observer.disconnect();
  });

  it('opens at the end', async () => {
    const element = await render(exchanges(20));
    expect(distanceFromEnd(element)).to.be.below(2);
    expect(query(element, '.jump')).to.equal(null);
  });

  it('opens with what the first screen shows, and draws the rest when there is time', async () => {
    const element = await open(exchanges(40));
    const atFirst = messagesOf(element).length;
    expect(atFirst).to.be.within(3, 40);
    expect(element.shadowRoot?.querySelectorAll('.message')).to.have.length(80);
    const heights = messagesOf(element).reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
    expect(heights).to.be.greaterThan(400);
    await waitFor(() => messagesOf(element).length === 80);
    await frames();
    expect(distanceFromEnd(element)).to.be.below(2);
  });

  it('follows a reply that grows while the reader is at the end', async () => {
    const element = await render(exchanges(5));
    const { say } = startReply(element);
    for (let count = 1; count < 12; count += 1) {
      const height = scroller(element).scrollHeight;
      await say(`${PARAGRAPH}\n\n`.repeat(count));
      await waitFor(() => scroller(element).scrollHeight > height);
      await frames();
      expect(distanceFromEnd(element)).to.be.below(2);
    }
  });

  it('is at the end as soon as text is drawn, so that one frame shows both', async () => {
    const element = await render(exchanges(5));
    const { message, say } = startReply(element);
    await say('Start');
    for (let count = 1; count < 6; count += 1) {
      const height = scroller(element).scrollHeight;
      const content = `${PARAGRAPH}\n\n`.repeat(count);
      element.partial = { message_id: message.message_id, content, reasoning: '', seq: 1 + count };
      while (scroller(element).scrollHeight === height) {
        await new Promise((resolve) => setTimeout(resolve));
      }
      expect(distanceFromEnd(element)).to.be.below(2);
    }
  });

  it('leaves a reader alone who has scrolled up, and offers the way back', async () => {
    const element = await render(exchanges(10));
    const { say } = startReply(element);
    await say('Start');
    await scrollTo(element, 200);
    const { scrollTop } = scroller(element);
    for (let count = 1; count < 8; count += 1) await say(`${PARAGRAPH}\n\n`.repeat(count));
    expect(scroller(element).scrollTop).to.equal(scrollTop);
    const jump = query(element, '.jump');
    expect(jump?.textContent).to.include('Jump to latest');
    jump?.click();
    await frames();
    expect(distanceFromEnd(element)).to.be.below(2);
    expect(query(element, '.jump')).to.equal(null);
  });

  it('keeps a selection and the place of a reader through a reply of 5,000 tokens', async () => {
    const element = await render(exchanges(5));
    const { message, say } = startReply(element);
    const tokens = longReply(5_000);
    const perPaint = 60;
    await say(tokens.slice(0, 400).join(''));
    const markdown = messagesOf(element).at(-1)?.shadowRoot?.querySelector('cp-markdown');
    await waitFor(() => markdown?.shadowRoot?.querySelector('p')?.firstChild instanceof Text);
    await scrollTo(element, scroller(element).scrollTop - 150);
    const text = markdown?.shadowRoot?.querySelector('p')?.firstChild;
    const root = markdown?.shadowRoot;
    if (text === null || text === undefined || root === null || root === undefined)
      throw new Error('not drawn');
    getSelection()?.setBaseAndExtent(text, 2, text, 11);
    const { scrollTop } = scroller(element);
    for (let end = 400; end <= tokens.length; end += perPaint) {
      await say(tokens.slice(0, end).join(''));
      expect(scroller(element).scrollTop, `after ${end} tokens`).to.equal(scrollTop);
      expect(selectedText([root]), `after ${end} tokens`).to.equal('paragraph');
    }
    element.partial = null;
    element.messages = element.messages.with(-1, {
      ...message,
      status: 'complete',
      content: tokens.join(''),
    });
    await waitFor(() => markdown?.streaming === false);
    await frames();
    expect(scroller(element).scrollTop).to.equal(scrollTop);
    expect(selectedText([root])).to.equal('paragraph');
    expect(root.querySelectorAll('h2').length).to.be.greaterThan(25);
  });

  it('is left at the first step up, however short, and not pulled back by what grows', async () => {
    const steps: ((list: HTMLElement) => void)[] = [
      (list) => list.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true })),
      (list) => press(list, 'ArrowUp'),
      (list) => press(list, 'PageUp'),
      // What a screen reader, a dragged scrollbar or a search in the page does: no event before it.
      (list) => (list.scrollTop -= 3),
    ];
    for (const [index, step] of steps.entries()) {
      const element = await render(exchanges(6));
      const { say } = startReply(element);
      await say('Start');
      const before = scroller(element).scrollTop;
      step(scroller(element));
      scroller(element).scrollTop = before - 3;
      for (let count = 1; count < 5; count += 1) await say(`${PARAGRAPH}\n\n`.repeat(count));
      expect(scroller(element).scrollTop, `step ${index}`).to.equal(before - 3);
      expect(query(element, '.jump'), `step ${index}`).to.not.equal(null);
      // Back at the end by oneself, it is followed again.
      await scrollTo(element, scroller(element).scrollHeight);
      await say(`${PARAGRAPH}\n\n`.repeat(7));
      await frames();
      expect(distanceFromEnd(element), `step ${index}`).to.be.below(2);
      element.remove();
    }
  });

  it('stays at the end when its room shrinks, as with a keyboard that comes up', async () => {
    const element = await render(exchanges(6));
    for (const height of ['180px', '420px', '120px']) {
      element.style.blockSize = height;
      await frames();
      expect(distanceFromEnd(element), height).to.be.below(2);
    }
  });

  it('counts what came meanwhile', async () => {
    const element = await render(exchanges(10));
    await scrollTo(element, 200);
    element.messages = [...element.messages, userMessage('From another tab'), reply('Its answer')];
    await frames();
    expect(query(element, '.jump .count')?.textContent).to.equal('2');
  });

  it('goes to the end when the reader sends something', async () => {
    const element = await render(exchanges(10));
    await scrollTo(element, 100);
    element.sending = { text: 'On its way' };
    await frames();
    expect(distanceFromEnd(element)).to.be.below(2);
    const [own, waiting] = messagesOf(element).slice(-2);
    expect(own?.shadowRoot?.querySelector('.bubble')?.textContent).to.equal('On its way');
    expect(waiting?.shadowRoot?.querySelector('.typing')).not.to.equal(null);
  });

  it('asks for older messages near the beginning, once for each beginning', async () => {
    const messages = exchanges(30);
    const element = await render(messages, true);
    let asked = 0;
    element.addEventListener('cp-load-older', () => (asked += 1));
    await frames();
    expect(asked).to.equal(0);
    await scrollTo(element, 0);
    await waitFor(() => asked === 1);
    await scrollTo(element, 50);
    await scrollTo(element, 0);
    expect(asked).to.equal(1);
    element.messages = [...exchanges(30), ...messages];
    await frames();
    await scrollTo(element, 0);
    await waitFor(() => asked === 2);
  });

  it('keeps the place of the reader when older messages come in', async () => {
    const messages = exchanges(20);
    for (const top of [0, 1, 150]) {
      const element = await render(messages, true);
      await scrollTo(element, 300);
      await scrollTo(element, top);
      const mark = messagesOf(element)[0];
      const before = mark?.getBoundingClientRect().top;
      element.messages = [...exchanges(20), ...messages];
      await element.updateComplete;
      await frames();
      expect(messagesOf(element)[40]).to.equal(mark);
      expect(mark?.getBoundingClientRect().top, `from ${top}`).to.be.closeTo(before ?? NaN, 2);
    }
  });

  it('does not render messages again that have not changed', async () => {
    const messages = exchanges(10);
    const element = await render(messages);
    const before = messagesOf(element);
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((list) => records.push(...list));
    for (const { shadowRoot } of before) {
      if (shadowRoot !== null) observer.observe(shadowRoot, { subtree: true, childList: true });
    }
    const last = messages.at(-1);
    if (last === undefined) throw new Error('no message');
    element.messages = messages.with(-1, { ...last, vote: 'upvote', version: 2 });
    await frames();
    expect(messagesOf(element)).to.deep.equal(before);
    expect(records.filter(({ target }) => !isWithin(before.at(-1), target))).to.deep.equal([]);
    observer.disconnect();
  });

  it('gives growing text to its own message without rendering the list', async () => {
    const element = await render(exchanges(3));
    const { say } = startReply(element);
    await say('One');
    let renders = 0;
    const original = element.render.bind(element);
    element.render = () => {
      renders += 1;
      return original();
    };
    for (const text of ['One two', 'One two three', 'One two three four']) await say(text);
    const markdown = messagesOf(element).at(-1)?.shadowRoot?.querySelector('cp-markdown');
    await waitFor(() => markdown?.plainText === 'One two three four');
    expect(renders).to.equal(0);
  });

  it('starts at the end of another chat', async () => {
    const element = await render(exchanges(10));
    await scrollTo(element, 100);
    element.messages = exchanges(10);
    await frames();
    expect(distanceFromEnd(element)).to.be.below(2);
  });

  it('lays out what is on screen only', async () => {
    const element = await render(exchanges(50));
    expect(messagesOf(element)).to.have.length(100);
    expect(messagesOf(element).filter(isSkipped).length).to.be.greaterThan(80);
  });

  it('draws what is around the reader, and keeps the text of all of three thousand', async () => {
    const element = await render(exchanges(1_500));
    const rows = () => [...(element.shadowRoot?.querySelectorAll('.message') ?? [])];
    expect(rows()).to.have.length(3_000);
    expect(messagesOf(element).length).to.be.within(50, 200);
    await scrollTo(element, scroller(element).scrollHeight / 2);
    expect(messagesOf(element).length).to.be.within(50, 200);
    const middle = rows().findIndex((row) => row.getBoundingClientRect().bottom > 0);
    expect(rows()[middle]?.localName).to.equal('cp-message');
    expect(rows()[10]?.localName).to.equal('div');
    expect(rows()[10]?.textContent).to.equal('Question 5');
    await scrollTo(element, scroller(element).scrollTop - 3_000);
    const mark = messagesOf(element).find((row) => row.getBoundingClientRect().bottom > 0);
    const top = mark?.getBoundingClientRect().top ?? NaN;
    await frames();
    expect(mark?.getBoundingClientRect().top).to.be.closeTo(top, 2);
  });

  it('lets go of what the reader leaves behind while going up', async () => {
    let messages = exchanges(25);
    const element = await render(messages, true);
    for (let page = 0; page < 8; page += 1) {
      messages = [...exchanges(25), ...messages];
      await scrollTo(element, 0);
      element.messages = messages;
      await frames();
    }
    expect(messages).to.have.length(450);
    expect(messagesOf(element).length).to.be.within(60, 250);
    expect(element.shadowRoot?.querySelectorAll('.message')).to.have.length(450);
  });
});

function isWithin(host: CpMessage | undefined, node: Node): boolean {
  return node.getRootNode() === host?.shadowRoot;
}

/** Whether the browser leaves the inside of a message out, for being off screen. */
function isSkipped(message: CpMessage): boolean {
  const article = message.shadowRoot?.querySelector('article');
  return article?.checkVisibility({ contentVisibilityAuto: true }) === false;
}
