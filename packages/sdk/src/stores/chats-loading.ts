import { asChatError } from './as-chat-error.js';
import { EMPTY_CHAT_LIST, extendList, refreshList, startList } from './chat-list.js';
import type { ChatsContext } from './chats-context.js';
import type { ChatsStore } from './chats-store.js';
import type { LoadStatus } from './state.js';

type LoadingVerbs = Pick<ChatsStore, 'load' | 'loadMore' | 'refresh' | 'reset'>;

export function createChatsLoading(context: ChatsContext): LoadingVerbs {
  const { client, show } = context;
  /** Replaced by every load, so that only the answer to the latest counts. */
  let latest = new AbortController();
  const renew = () => {
    latest.abort();
    latest = new AbortController();
  };

  const getPage = async (query: string, cursor: string | null, signal: AbortSignal) => {
    const page = await client.chats.list(
      { ...(query !== '' && { q: query }), ...(cursor !== null && { cursor }) },
      { signal },
    );
    return { rows: page.chats, cursor: page.next_cursor };
  };

  /**
   * Loads unless a later load takes over; then that one shows what there is.
   *
   * @param onFailure how to show a failure; null for not at all
   */
  async function run(onFailure: LoadStatus | null, work: (signal: AbortSignal) => Promise<void>) {
    const { signal } = latest;
    try {
      await work(signal);
    } catch (cause) {
      if (signal.aborted) return;
      const error = asChatError(cause);
      if (onFailure !== null) show({ status: onFailure, error });
      throw error;
    }
  }

  return {
    load: (query) => {
      renew();
      show({ list: { ...context.list(), query }, status: 'loading', error: null });
      return run('error', async (signal) => {
        const page = await getPage(query, null, signal);
        if (signal.aborted) return;
        show({ list: startList(context.list(), query, page), status: 'ready' });
      });
    },
    loadMore: async () => {
      const { cursor, query } = context.list();
      if (cursor === null || context.status() === 'loading') return;
      show({ status: 'loading', error: null });
      await run('ready', async (signal) => {
        const page = await getPage(query, cursor, signal);
        if (!signal.aborted) show({ list: extendList(context.list(), page), status: 'ready' });
      });
    },
    refresh: () =>
      run(null, async (signal) => {
        const page = await getPage(context.list().query, null, signal);
        if (signal.aborted) return;
        show({ list: refreshList(context.list(), page), status: 'ready', error: null });
      }),
    reset: () => {
      renew();
      show({ list: EMPTY_CHAT_LIST, status: 'idle', error: null });
    },
  };
}
