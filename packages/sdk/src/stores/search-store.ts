import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { MessageHit, SearchResponse } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';
import { onUserChange } from './on-user-change.js';
import { createScope } from './scope.js';
import type { LoadStatus } from './state.js';

export interface SearchState {
  status: LoadStatus;
  /** What was asked for; empty when nothing was. */
  query: string;
  /** Chats whose title matches, a few of the newest. */
  chats: SearchResponse['chats'];
  /** Messages that match, newest first, as far as they are loaded. */
  messages: readonly MessageHit[];
  /** Whether another page of messages can be loaded. */
  hasMore: boolean;
  error: ChatError | null;
}

/** A search through the user's titles and messages. */
export interface SearchStore {
  readonly $search: ReadableAtom<SearchState>;
  /**
   * Finds what holds all the words, or parts of words; resolves with the first messages, or when all
   * were looked through. Until the server answers, what was found before stays. A newer search ends
   * the older, which then resolves without a result.
   *
   * @param query empty, or nothing but spaces, to clear
   * @throws ChatError when the search fails; it is in the store by then
   */
  search(query: string): Promise<void>;
  /** Adds the next messages; does nothing while some are being loaded. */
  loadMore(): Promise<void>;
}

const NO_SEARCH: SearchState = {
  status: 'idle',
  query: '',
  chats: [],
  messages: [],
  hasMore: false,
  error: null,
};

/**
 * Search as a store. Nothing of one user stays for the next.
 *
 * @param client is used, not owned: closing it stays with whoever made it
 */
export function createSearchStore(client: ChatClient): SearchStore {
  const $search = atom(NO_SEARCH);
  const latest = createScope();
  let next: string | undefined;
  const show = (found: Partial<SearchState>) => $search.set({ ...$search.get(), ...found });
  const clear = () => {
    latest.renew();
    $search.set(NO_SEARCH);
  };
  onUserChange(client, clear);

  /** Titles come with the first page, and only with that. */
  function add({ chats, messages }: SearchResponse, isFirst: boolean): void {
    show(isFirst ? { chats, messages } : { messages: [...$search.get().messages, ...messages] });
  }

  /**
   * Reads on past empty pages: a server that has much to look through answers in between. A cursor
   * that comes twice is the end: what follows would repeat.
   *
   * @param onFailure what to show when it fails, beside why
   */
  async function load(
    signal: AbortSignal,
    cursor: string | undefined,
    onFailure: Partial<SearchState>,
  ): Promise<void> {
    const { query: q } = $search.get();
    show({ status: 'loading', error: null });
    try {
      const seen: (string | undefined)[] = [];
      let from = cursor;
      let page: SearchResponse;
      do {
        seen.push(from);
        page = await client.search.list({ q, cursor: from }, { signal });
        if (signal.aborted) return;
        add(page, from === undefined);
        from = page.next_cursor ?? undefined;
        if (seen.includes(from)) from = undefined;
      } while (page.messages.length === 0 && from !== undefined);
      next = from;
      show({ status: 'ready', hasMore: from !== undefined });
    } catch (cause) {
      if (signal.aborted) return;
      const error = asChatError(cause);
      show({ ...onFailure, error });
      throw error;
    }
  }

  return {
    $search,
    search: async (query) => {
      if (query.trim() === '') return clear();
      const signal = latest.renew();
      show({ query });
      // What an older search found is no answer to this one.
      await load(signal, undefined, { ...NO_SEARCH, query, status: 'error' });
    },
    loadMore: async () => {
      if (next === undefined || $search.get().status !== 'ready') return;
      await load(latest.signal(), next, { status: 'ready' });
    },
  };
}
