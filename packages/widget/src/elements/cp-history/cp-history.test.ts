import { ChatError, type ChatsState, type SearchState } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { chat } from '../../test-support/chats.js';
import { fill, press } from '../../test-support/keys.js';
import { find, get } from '../../test-support/open-playground.js';
import { until } from '../../test-support/until.js';
import type { CpHistory } from './cp-history.js';

const READY: ChatsState = {
  status: 'ready',
  chats: [],
  archived: false,
  hasMore: false,
  query: '',
  error: null,
};
const TODAY = new Date().toISOString();

async function render(
  state: Partial<ChatsState>,
  currentChatId: string | null = null,
): Promise<CpHistory> {
  const box = document.createElement('div');
  box.style.blockSize = '500px';
  return fixture<CpHistory>(
    html`<cp-history
      .chats=${{ ...READY, ...state }}
      .currentChatId=${currentChatId}
    ></cp-history>`,
    { parentNode: box },
  );
}

describe('<cp-history>', () => {
  it('is accessible with chats, without, loading and failed', async () => {
    const chats = [chat('One', { updated_at: TODAY }), chat(null, { updated_at: TODAY })];
    await expect(await render({ chats, hasMore: true })).to.be.accessible();
    await expect(await render({})).to.be.accessible();
    await expect(await render({ status: 'loading' })).to.be.accessible();
    const error = new ChatError('no', { code: 'network', retryable: true });
    await expect(await render({ status: 'error', error })).to.be.accessible();
  });

  it('marks the chat that is shown', async () => {
    const chats = [chat('One'), chat('Two')];
    const element = await render({ chats }, chats[1]?.chat_id);
    const items = [...(element.shadowRoot?.querySelectorAll('cp-chat-item') ?? [])];
    const current = items.map((item) => get(item, '.open').getAttribute('aria-current'));
    expect(current).to.deep.equal([null, 'page']);
  });

  it('asks for a search once typing pauses', async () => {
    const element = await render({});
    const asked: string[] = [];
    element.addEventListener('cp-search', ({ detail }) => asked.push(detail.query));
    const input = get(element, 'input') as HTMLInputElement;
    fill(input, 'pla');
    fill(input, 'planets ');
    await oneEvent(element, 'cp-search');
    expect(asked).to.deep.equal(['planets']);
  });

  it('searches at once on Enter, and for everything again on Escape', async () => {
    const element = await render({});
    const input = get(element, 'input') as HTMLInputElement;
    fill(input, 'planets');
    const search = oneEvent(element, 'cp-search');
    press(input, 'Enter');
    expect((await search).detail.query).to.equal('planets');
    const cleared = oneEvent(element, 'cp-search');
    expect(press(input, 'Escape')).to.equal(true);
    expect((await cleared).detail.query).to.equal('');
  });

  it('says that nothing was found, as text', async () => {
    const element = await render({ query: '<b>x</b>' });
    expect(get(element, '.message').textContent?.trim()).to.equal('No chat matches “<b>x</b>”.');
  });

  it('asks for the next page when the end of the list is near', async () => {
    const element = await render({ hasMore: false });
    const asked = oneEvent(element, 'cp-load-more');
    element.chats = { ...READY, chats: [chat('One')], hasMore: true };
    await asked;
  });

  it('leaves loading to the button while the end is far away', async () => {
    const chats = Array.from({ length: 300 }, (_, index) => chat(`Chat ${index}`));
    const element = await render({ chats, hasMore: true });
    let asked = 0;
    element.addEventListener('cp-load-more', () => (asked += 1));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(asked).to.equal(0);
    get(element, '.more').click();
    expect(asked).to.equal(1);
  });

  it('does not ask twice while a page loads', async () => {
    const element = await render({ chats: [chat('One')], hasMore: true, status: 'loading' });
    let asked = 0;
    element.addEventListener('cp-load-more', () => (asked += 1));
    get(element, '.more').click();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(asked).to.equal(0);
  });

  describe('with messages that were found', () => {
    const FOUND: SearchState = {
      status: 'ready',
      query: 'planets',
      chats: [],
      messages: [],
      hasMore: false,
      error: null,
    };
    const titles = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((title) => chat(title));

    it('shows a few chats above them, and the others on demand', async () => {
      const element = await render({ query: 'planets', chats: titles });
      element.found = { ...FOUND, status: 'loading' };
      await element.updateComplete;
      const shown = () => element.shadowRoot?.querySelectorAll('cp-chat-item').length;
      expect(shown()).to.equal(4);
      expect(find(element, 'cp-message-hits')).not.to.equal(null);
      get(element, '.show-all').click();
      await element.updateComplete;
      expect(shown()).to.equal(6);
      await expect(element).to.be.accessible();
    });

    it('marks in the titles what was searched for, and nothing once all are listed', async () => {
      const chats = [chat('Red <b>planets</b>, PLANETS'), chat(null)];
      const element = await render({ query: 'planets', chats });
      const item = get(element, 'cp-chat-item');
      const marked = () =>
        [...(item.shadowRoot?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent);
      expect(marked()).to.deep.equal(['planets', 'PLANETS']);
      expect(get(item, '.open').textContent?.trim()).to.equal('Red <b>planets</b>, PLANETS');
      expect(find(item, 'b')).to.equal(null);
      await expect(element).to.be.accessible();
      element.chats = { ...READY, chats };
      await element.updateComplete;
      await item.updateComplete;
      expect(marked()).to.deep.equal([]);
    });

    it('says that neither chat nor message was found', async () => {
      const element = await render({ query: 'axolotl' });
      element.found = { ...FOUND, query: 'axolotl' };
      await element.updateComplete;
      expect(get(element, '.message').textContent).to.contain('Nothing matches “axolotl”.');
      await expect(element).to.be.accessible();
    });
  });

  it('leads to the archive and back, and the focus goes along', async () => {
    const element = await render({ chats: [chat('One')] });
    const asked: unknown[] = [];
    element.addEventListener('cp-search', ({ detail }) => {
      asked.push(detail);
      element.chats = { ...READY, archived: detail.archived };
    });
    get(element, '.archive-link').click();
    await until(() => find(element, '.back')?.matches(':focus') === true);
    expect(get(element, '.message').textContent).to.contain('Chats you archive');
    await expect(element).to.be.accessible();
    get(element, '.back').click();
    await until(() => find(element, '.archive-link')?.matches(':focus') === true);
    expect(asked).to.deep.equal([
      { query: '', archived: true },
      { query: '', archived: false },
    ]);
  });

  it('gives the focus to the next chat when one is taken away, and to the search after the last', async () => {
    const [one, two] = [chat('One'), chat('Two')];
    const element = await render({ chats: [one, two] });
    get(element, '.open').focus();
    element.chats = { ...READY, chats: [two] };
    await element.updateComplete;
    const item = get(element, 'cp-chat-item');
    expect(element.shadowRoot?.activeElement).to.equal(item);
    expect(get(item, '.open').textContent?.trim()).to.equal('Two');
    element.chats = READY;
    await element.updateComplete;
    expect(get(element, 'input').matches(':focus')).to.equal(true);
  });

  it('shows titles as text', async () => {
    const element = await render({ chats: [chat('<img src=x onerror=alert(1)>')] });
    const item = get(element, 'cp-chat-item');
    expect(find(item, 'img')).to.equal(null);
    expect(get(item, '.open').textContent?.trim()).to.equal('<img src=x onerror=alert(1)>');
  });
});
