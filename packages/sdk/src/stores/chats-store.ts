import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { Chat, RealtimeEvent, UpdateChatBody } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';
import {
  EMPTY_CHAT_LIST,
  deleteFromList,
  extendList,
  putChat,
  refreshList,
  restoreToList,
  startList,
  type ChatList,
} from './chat-list.js';
import type { ChatsState, LoadStatus } from './state.js';

export interface ChatsStore {
  readonly $chats: ReadableAtom<ChatsState>;
  load(query: string): Promise<void>;
  loadMore(): Promise<void>;
  /** The first page again, without showing that it loads. */
  refresh(): Promise<void>;
  /** Shows the change at once and takes it back if the server refuses. */
  update(chatId: string, body: UpdateChatBody): Promise<Chat>;
  find(chatId: string): Chat | undefined;
  put(chat: Chat): void;
  remove(chatId: string): void;
  restore(chat: Chat): void;
  fail(error: ChatError): void;
  applyRealtime(event: RealtimeEvent): void;
  reset(): void;
}

/** @param onChange told of chats as they change early, so that the open one changes with them */
export function createChatsStore(
  client: ChatClient,
  onChange: (chat: Chat, isRollback: boolean) => void,
): ChatsStore {
  let list: ChatList = EMPTY_CHAT_LIST;
  let status: LoadStatus = 'idle';
  let error: ChatError | null = null;
  /** Replaced by every load, so that only the answer to the latest counts. */
  let loading = new AbortController();
  const $chats = atom<ChatsState>(view());

  function view(): ChatsState {
    const { chats, cursor, query } = list;
    return { status, chats, hasMore: cursor !== null, query, error };
  }
  const show = (next: Partial<{ list: ChatList; status: LoadStatus; error: ChatError | null }>) => {
    list = next.list ?? list;
    status = next.status ?? status;
    if (next.error !== undefined) error = next.error;
    $chats.set(view());
  };
  const setList = (next: ChatList) => {
    if (next !== list) show({ list: next });
  };

  async function loadPage(query: string, cursor: string | null) {
    const page = await client.chats.list(
      { ...(query !== '' && { q: query }), ...(cursor !== null && { cursor }) },
      { signal: loading.signal },
    );
    return { rows: page.chats, cursor: page.next_cursor };
  }

  /** Loads unless a later load takes over; then that one shows what there is. */
  async function run(
    work: (signal: AbortSignal) => Promise<void>,
    failed: LoadStatus,
  ): Promise<void> {
    const { signal } = loading;
    try {
      await work(signal);
    } catch (cause) {
      if (signal.aborted) return;
      const failure = asChatError(cause);
      show({ status: failed, error: failure });
      throw failure;
    }
  }

  return {
    $chats,
    load: (query) => {
      loading.abort();
      loading = new AbortController();
      show({ list: { ...list, query }, status: 'loading', error: null });
      return run(async (signal) => {
        const page = await loadPage(query, null);
        if (!signal.aborted) show({ list: startList(list, query, page), status: 'ready' });
      }, 'error');
    },
    loadMore: async () => {
      const { cursor, query } = list;
      if (cursor === null || status === 'loading') return;
      show({ status: 'loading', error: null });
      await run(async (signal) => {
        const page = await loadPage(query, cursor);
        if (!signal.aborted) show({ list: extendList(list, page), status: 'ready' });
      }, 'ready');
    },
    refresh: () =>
      run(async (signal) => {
        const page = await loadPage(list.query, null);
        if (!signal.aborted) show({ list: refreshList(list, page), status: 'ready', error: null });
      }, status),
    update: async (chatId, body) => {
      const before = list.chats.find((chat) => chat.chat_id === chatId);
      const early = before && { ...before, ...body };
      if (early) {
        setList(putChat(list, early, { isRollback: true }));
        onChange(early, true);
      }
      try {
        const chat = await client.chats.update(chatId, body);
        setList(putChat(list, chat));
        onChange(chat, false);
        return chat;
      } catch (cause) {
        const failure = asChatError(cause);
        show({ error: failure });
        if (before) {
          rollBack(before);
          onChange(before, true);
        }
        throw failure;
      }
    },
    find: (chatId) => list.chats.find((chat) => chat.chat_id === chatId),
    put: (chat) => {
      if (status !== 'idle') setList(putChat(list, chat));
    },
    remove: (chatId) => setList(deleteFromList(list, chatId)),
    restore: (chat) => setList(restoreToList(list, chat)),
    fail: (failure) => show({ error: failure }),
    applyRealtime: (event) => {
      if (event.event === 'chat_created') setList(restoreToList(list, event.data.chat));
      if (event.event === 'chat_updated') setList(putChat(list, event.data.chat));
      if (event.event === 'chat_deleted') setList(deleteFromList(list, event.data.chat_id));
    },
    reset: () => {
      loading.abort();
      loading = new AbortController();
      show({ list: EMPTY_CHAT_LIST, status: 'idle', error: null });
    },
  };

  /** Unless the server has told of a newer version meanwhile, which already lacks the change. */
  function rollBack(before: Chat): void {
    const now = list.chats.find((chat) => chat.chat_id === before.chat_id);
    if (!now || now.version === before.version) {
      setList(putChat(list, before, { isRollback: true }));
    }
  }
}
