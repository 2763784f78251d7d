import { expect } from '@open-wc/testing';
import { chat } from '../../test-support/chats.js';
import { FakeServer } from '../../test-support/fake-server.js';
import { reply, userMessage } from '../../test-support/messages.js';
import { find, get, openPlayground } from '../../test-support/open-playground.js';
import { until } from '../../test-support/until.js';
import type { ChatPlayground } from './chat-playground.js';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4);

function serverWithLongTexts(): { server: FakeServer; chatId: string } {
  const server = new FakeServer();
  const { chat_id, ...rest } = chat(`A title that goes on and on ${LONG}`);
  const question = userMessage(`${LONG} ทดสอบข้อความภาษาไทยที่ยาวมากโดยไม่มีช่องว่างเลยสักนิด`, { chat_id });
  const code = `\`\`\`js\nconst ${LONG} = 1;\n\`\`\``;
  const table = `| ${'column | '.repeat(12)}\n|${'-|'.repeat(12)}\n| ${'cell | '.repeat(12)}`;
  const answer = reply(`${LONG}\n\n${code}\n\n${table}`, {
    chat_id,
    parent_id: question.message_id,
    sibling_count: 3,
    sibling_index: 1,
  });
  server.chats = [{ ...rest, chat_id, active_message_id: answer.message_id }];
  server.messages = [question, answer];
  return { server, chatId: chat_id };
}

/** What reaches beyond the element's box, cut off or not, other than what scrolls by itself. */
function overflowing(root: Element, box: DOMRect): string[] {
  const found: string[] = [];
  const visit = (node: Element): void => {
    const { overflowX, position, textOverflow } = getComputedStyle(node);
    const { left, right, width } = node.getBoundingClientRect();
    const isOut = width > 1 && (left < box.left - 1 || right > box.right + 1);
    if (isOut && position !== 'fixed') found.push(`${node.localName}.${node.className}`);
    // What scrolls or shortens its text deals with what is inside.
    if (overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') return;
    for (const child of node.shadowRoot?.children ?? []) visit(child);
    for (const child of node.children) visit(child);
  };
  for (const child of root.shadowRoot?.children ?? []) if (child.checkVisibility()) visit(child);
  return found;
}

async function openLong(options: { locale?: string; width: string }): Promise<ChatPlayground> {
  const { server, chatId } = serverWithLongTexts();
  const { element } = await openPlayground({ server, chatId, ...options });
  await until(() => find(element, 'cp-code-block') !== null);
  return element;
}

const inlineStart = (node: Element) => node.getBoundingClientRect().left;

describe('<chat-playground> in little room', () => {
  // 640 and 195 are what is left of 1280 and 390 at 200 % zoom; 320 is WCAG's own measure.
  for (const width of ['1280px', '640px', '390px', '320px']) {
    it(`lets nothing run out of a box ${width} wide`, async () => {
      const element = await openLong({ width });
      expect(overflowing(element, element.getBoundingClientRect())).to.deep.equal([]);
      expect(get(element, '.scroller').scrollWidth).to.be.at.most(
        get(element, '.scroller').clientWidth + 1,
      );
    });
  }
});

describe('<chat-playground> from right to left', () => {
  it('mirrors its sides, and lets nothing run out', async () => {
    const element = await openLong({ locale: 'ar', width: '1280px' });
    await until(() => find(element, '.words')?.dir === 'rtl');
    const history = get(element, 'cp-history');
    const view = get(element, 'cp-chat-view');
    const parameters = get(element, 'cp-parameters');
    expect(inlineStart(history)).to.be.greaterThan(inlineStart(view));
    expect(inlineStart(view)).to.be.greaterThan(inlineStart(parameters));
    expect(overflowing(element, element.getBoundingClientRect())).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('keeps code from left to right', async () => {
    const element = await openLong({ locale: 'ar', width: '390px' });
    await until(() => find(element, '.words')?.dir === 'rtl');
    expect(getComputedStyle(get(element, 'pre')).direction).to.equal('ltr');
    expect(overflowing(element, element.getBoundingClientRect())).to.deep.equal([]);
  });
});
