import { afterEach, expect, it } from 'vitest';
import { createGate } from '../test-support/gate.js';
import { failureOf } from '../test-support/failure-of.js';
import { endStores, startStores } from '../test-support/start-stores.js';
import { errorResponse, transcripts } from '../testing/index.js';
import { createSearchStore } from './search-store.js';

afterEach(endStores);

const NOTHING = {
  status: 'idle',
  query: '',
  chats: [],
  messages: [],
  hasMore: false,
  error: null,
};

async function start(texts: readonly string[]) {
  const started = await startStores({ replies: [transcripts.stopped] });
  for (const message of texts) await started.client.chats.send({ message }).toText();
  const { $search, ...verbs } = createSearchStore(started.client);
  const found = () => $search.get().messages.map(({ snippet }) => snippet);
  return { ...started, ...verbs, $search, found };
}

it('finds titles and messages, and clears', async () => {
  const { $search, search, found } = await start(['red apples', 'bananas']);
  expect($search.get()).toEqual(NOTHING);
  const searching = search('apple');
  expect($search.get()).toMatchObject({ status: 'loading', query: 'apple' });
  await searching;
  expect(found()).toEqual(['red apples']);
  expect($search.get().chats.map(({ chat }) => chat.chat_title)).toEqual(['red apples']);
  expect($search.get()).toMatchObject({ status: 'ready', hasMore: false, error: null });
  await search('  ');
  expect($search.get()).toEqual(NOTHING);
});

it('loads more, once, and keeps the titles', async () => {
  const texts = Array.from({ length: 35 }, (_, index) => `pear ${String(index)}`);
  const { $search, search, loadMore, found } = await start(texts);
  await search('pear');
  const { chats } = $search.get();
  expect(found()).toHaveLength(30);
  expect($search.get().hasMore).toBe(true);
  await Promise.all([loadMore(), loadMore()]);
  expect(found()).toEqual(texts.toReversed());
  expect($search.get()).toMatchObject({ status: 'ready', hasMore: false, chats });
  await loadMore();
  expect(found()).toHaveLength(35);
});

it('ends a search whose pages repeat', async () => {
  const { $search, search, loadMore, faults } = await start(['plums']);
  const page = (next_cursor: string) => () =>
    Response.json({ chats: [], messages: [], next_cursor });
  faults.set('GET /search?q=plum', page('a'));
  faults.set('GET /search?q=plum&cursor=a', page('b'));
  faults.set('GET /search?q=plum&cursor=b', page('a'));
  await search('plum');
  expect($search.get()).toMatchObject({ status: 'ready', hasMore: false, messages: [] });
  const ended = $search.get();
  await loadMore();
  expect($search.get()).toBe(ended);
});

it('reads on past pages without a message, and shows the titles meanwhile', async () => {
  const { $search, search, loadMore, found, faults } = await start(['plums', 'pears']);
  const empty = (next_cursor: string | null, chats: unknown[] = []) =>
    Response.json({ chats, messages: [], next_cursor });
  const chat = { chat_id: 'c', chat_title: 'plums' };
  const gate = createGate();
  faults.set('GET /search?q=plum', () => empty('far', [{ chat, ranges: [[0, 4]] }]));
  faults.set('GET /search?q=plum&cursor=far', async () => {
    await gate.opened;
    return empty('0');
  });
  const titles = () => $search.get().chats.map(({ chat: { chat_title } }) => chat_title);
  const shown = new Promise<void>((resolve) => {
    const stop = $search.listen(() => {
      if (titles().length === 0) return;
      stop();
      resolve();
    });
  });
  const searching = search('plum');
  await shown;
  expect($search.get()).toMatchObject({ status: 'loading', messages: [] });
  gate.open();
  await searching;
  expect(found()).toEqual(['plums']);
  expect(titles()).toEqual(['plums']);
  expect($search.get()).toMatchObject({ status: 'ready', hasMore: false });

  faults.set('GET /search?q=plum', () => empty('far'));
  faults.set('GET /search?q=plum&cursor=far', () => empty(null));
  await search('plum');
  expect($search.get()).toMatchObject({ status: 'ready', messages: [], hasMore: false });
  await loadMore();
  expect(found()).toEqual([]);
});

it('shows the answer to the latest search only, and ends the older ones', async () => {
  const { $search, search, found, faults } = await start(['apples', 'bananas']);
  const gate = createGate();
  const signals: AbortSignal[] = [];
  faults.set('GET /search?q=appl', async ({ signal }) => {
    signals.push(signal);
    await gate.opened;
    return undefined;
  });
  const older = search('appl');
  await search('banan');
  await older;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  gate.open();
  expect(found()).toEqual(['bananas']);
  expect($search.get()).toMatchObject({ status: 'ready', query: 'banan' });
  const cleared = search('appl');
  await search('');
  await cleared;
  expect($search.get()).toEqual(NOTHING);
});

it('says why it failed, without what another search had found', async () => {
  const { $search, search, loadMore, found, faults } = await start(
    Array.from({ length: 31 }, () => 'apples'),
  );
  await search('apples');
  faults.set('GET /search?q=bananas', () => errorResponse('internal'));
  const error = await failureOf(search('bananas'));
  expect($search.get()).toEqual({ ...NOTHING, status: 'error', query: 'bananas', error });
  await search('apples');
  faults.set('GET /search?q=apples&cursor=30', () => errorResponse('rate_limited'));
  expect((await failureOf(loadMore())).code).toBe('rate_limited');
  expect($search.get()).toMatchObject({ status: 'ready', hasMore: true });
  expect(found()).toHaveLength(30);
  faults.clear();
  await loadMore();
  expect(found()).toHaveLength(31);
});

it('leaves nothing of one user for the next', async () => {
  const { $search, search, stores } = await start(['secret']);
  await search('secret');
  await stores.signOut();
  expect($search.get()).toEqual(NOTHING);
});
