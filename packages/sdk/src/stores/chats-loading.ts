import { EMPTY_CHAT_LIST, extendList, refreshList, startList } from './chat-list.js';
import type { ChatsContext } from './chats-context.js';
import type { ChatsStore } from './chats-store.js';
import { createScope } from './scope.js';
import type { LoadStatus } from './state.js';

type LoadingVerbs = Pick<ChatsStore, 'load' | 'loadMore' | 'refresh' | 'reset'>;

export function createChatsLoading(context: ChatsContext): LoadingVerbs {
  const { client, show } = context;
  /** Renewed by every load, so that only the answer to the latest counts. */
  const latest = createScope();

  const getPage = async (cursor: string | undefined, signal: AbortSignal) => {
    const { query, archived } = context.list();
    const page = await client.chats.list(
      { q: query || undefined, archived: archived ? 'true' : undefined, cursor },
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
    const signal = latest.signal();
    try {
      await work(signal);
    } catch (cause) {
      if (signal.aborted) return;
      if (onFailure === null) throw cause;
      throw context.fail(cause, { status: onFailure });
    }
  }

  return {
    load: (query, { archived = false } = {}) => {
      latest.renew();
      const before = context.list();
      // What is no search of the same list is not shown in its place, not even for a moment.
      const kept =
        before.archived === archived ? before : { ...EMPTY_CHAT_LIST, deleted: before.deleted };
      show({ list: { ...kept, query, archived }, status: 'loading', error: null });
      return run('error', async (signal) => {
        const page = await getPage(undefined, signal);
        if (signal.aborted) return;
        show({ list: startList(context.list(), page), status: 'ready' });
      });
    },
    loadMore: async () => {
      const { cursor } = context.list();
      if (cursor === null || context.status() === 'loading') return;
      show({ status: 'loading', error: null });
      await run('ready', async (signal) => {
        const page = await getPage(cursor, signal);
        if (!signal.aborted) show({ list: extendList(context.list(), page), status: 'ready' });
      });
    },
    refresh: () =>
      run(null, async (signal) => {
        const page = await getPage(undefined, signal);
        if (signal.aborted) return;
        show({ list: refreshList(context.list(), page), status: 'ready', error: null });
      }),
    reset: () => {
      latest.renew();
      show({ list: EMPTY_CHAT_LIST, status: 'idle', error: null });
    },
  };
}
