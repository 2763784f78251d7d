import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import { asChatError } from './as-chat-error.js';
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
  /** Puts a failure into the store, for the caller to throw. */
  fail(cause: unknown, next?: Partial<Shown>): ChatError;
}

export function createChatsContext(client: ChatClient): ChatsContext {
  let shown: Shown = { list: EMPTY_CHAT_LIST, status: 'idle', error: null };
  const $chats = atom<ChatsState>(view(shown));
  const show = (next: Partial<Shown>) => {
    shown = { ...shown, ...next };
    $chats.set(view(shown));
  };
  return {
    client,
    $chats,
    list: () => shown.list,
    status: () => shown.status,
    show,
    fail: (cause, next) => {
      const error = asChatError(cause);
      show({ ...next, error });
      return error;
    },
  };
}

function view({ list, status, error }: Shown): ChatsState {
  const { chats, cursor, query, archived } = list;
  return { status, chats, hasMore: cursor !== null, query, archived, error };
}
