import { ChatError, type MessageHit, type SearchState } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define-search.js';
import { find, get } from '../../test-support/open-playground.js';
import type { CpMessageHits } from './cp-message-hits.js';

const HIT: MessageHit = {
  message_id: 'message',
  chat_id: 'chat',
  chat_title: '<b>Whales</b>',
  role: 'user',
  snippet: 'where do <i>whales</i> sleep?',
  ranges: [[12, 18]],
  created_at: '2020-05-03T12:00:00.000Z',
};

async function render(search: Partial<SearchState> = {}): Promise<CpMessageHits> {
  const state: SearchState = {
    status: 'ready',
    query: 'whales',
    chats: [],
    messages: [HIT],
    hasMore: false,
    error: null,
    ...search,
  };
  return fixture<CpMessageHits>(html`<cp-message-hits .search=${state}></cp-message-hits>`);
}

const textOf = (element: CpMessageHits, selector: string): string | undefined =>
  get(element, selector).textContent?.replace(/\s+/g, ' ').trim();

const failed = (code: 'network' | 'storage_unavailable') =>
  render({
    status: 'error',
    messages: [],
    error: new ChatError('no', { code, retryable: true }),
  });

describe('<cp-message-hits>', () => {
  it('is accessible with messages, more to come, searching and failed', async () => {
    await expect(await render({ hasMore: true })).to.be.accessible();
    await expect(await render({ status: 'loading', messages: [] })).to.be.accessible();
    await expect(await failed('network')).to.be.accessible();
  });

  it('shows chat, date, who said it, and what matches, all as text', async () => {
    const element = await render();
    expect(textOf(element, '.title')).to.equal('<b>Whales</b>');
    expect(textOf(element, 'time')).to.equal('May 3, 2020');
    expect(textOf(element, '.snippet')).to.equal('You: where do <i>whales</i> sleep?');
    const marks = [...(element.shadowRoot?.querySelectorAll('mark') ?? [])];
    expect(marks.map(({ textContent }) => textContent)).to.deep.equal(['Whales', 'whales']);
    expect(find(element, 'b, i')).to.equal(null);
  });

  it('opens the chat at the message', async () => {
    const element = await render();
    const opened = oneEvent(element, 'cp-open-chat');
    get(element, '.hit').click();
    expect((await opened).detail).to.deep.equal({ chatId: 'chat', messageId: 'message' });
  });

  it('asks for more as the end comes near, and not twice while it loads', async () => {
    const element = await render();
    const asked = oneEvent(element, 'cp-search-more');
    element.search = { ...(element.search as SearchState), hasMore: true };
    await asked;
    let again = 0;
    element.addEventListener('cp-search-more', () => (again += 1));
    element.search = { ...element.search, status: 'loading' };
    await element.updateComplete;
    get(element, '.more').click();
    expect(again).to.equal(0);
  });

  it('says why nothing could be searched, and tries again', async () => {
    expect(textOf(await failed('storage_unavailable'), '[role=alert]')).to.contain('cannot load');
    const element = await failed('network');
    expect(textOf(element, '[role=alert]')).to.contain('You are offline');
    const asked = oneEvent(element, 'cp-search');
    get(element, 'button').click();
    expect((await asked).detail).to.deep.equal({ query: 'whales', archived: false });
  });
});
