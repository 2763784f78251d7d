import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import { EMPTY_CHAT_LIST, type ChatList } from './chat-list.js';
import type { ChatsState, LoadStatus } from './state.js';

interface Shown {
  list: ChatList;
  status: LoadStatus;
  error: ChatError | null;
}

/** The list of chats, and what its verbs share. */
export interface ChatsContext {
  readonly client: ChatClient;
  readonly $chats: ReadableAtom<ChatsState>;
  list(): ChatList;
  status(): LoadStatus;
  /** Changes what is shown, in one step. */
  show(next: Partial<Shown>): void;
}

export function createChatsContext(client: ChatClient): ChatsContext {
  let shown: Shown = { list: EMPTY_CHAT_LIST, status: 'idle', error: null };
  const $chats = atom<ChatsState>(view(shown));
  return {
    client,
    $chats,
    list: () => shown.list,
    status: () => shown.status,
    show: (next) => {
      shown = { ...shown, ...next };
      $chats.set(view(shown));
    },
  };
}

function view({ list, status, error }: Shown): ChatsState {
  return { status, chats: list.chats, hasMore: list.cursor !== null, query: list.query, error };
}
