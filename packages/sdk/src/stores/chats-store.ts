import type { ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { Chat, RealtimeEvent, UpdateChatBody } from '../protocol/index.js';
import { deleteFromList, putChat, restoreToList, type ChatList } from './chat-list.js';
import { createChatsContext, type ChatsContext } from './chats-context.js';
import { createChatsLoading } from './chats-loading.js';
import type { ChatsState } from './state.js';

export interface ChatsStore {
  readonly $chats: ReadableAtom<ChatsState>;
  load(query: string, options?: { archived?: boolean }): Promise<void>;
  loadMore(): Promise<void>;
  /** The first page again, without showing that it loads. */
  refresh(): Promise<void>;
  reset(): void;
  /** Shows the change at once and takes it back if the server refuses. */
  update(chatId: string, body: UpdateChatBody): Promise<void>;
  find(chatId: string): Chat | undefined;
  put(chat: Chat): void;
  remove(chatId: string): void;
  restore(chat: Chat): void;
  /** Puts a failure into the store, for the caller to throw. */
  fail(cause: unknown): ChatError;
  applyRealtime(event: RealtimeEvent): void;
}

/** Told of chats as they change early or are taken back, so that the open one changes with them. */
export type ChatListener = (chat: Chat, isForced: boolean) => void;

export function createChatsStore(client: ChatClient, onChange: ChatListener): ChatsStore {
  const context = createChatsContext(client);
  const { $chats, list, show } = context;
  const setList = (next: ChatList) => {
    if (next !== list()) show({ list: next });
  };
  return {
    $chats,
    ...createChatsLoading(context),
    update: (chatId, body) => updateChat(context, onChange, chatId, body),
    find: (chatId) => list().chats.find((chat) => chat.chat_id === chatId),
    put: (chat) => {
      // Signed out meanwhile: there is no list to put it into.
      if (context.status() !== 'idle') setList(putChat(list(), chat));
    },
    remove: (chatId) => setList(deleteFromList(list(), chatId)),
    restore: (chat) => setList(restoreToList(list(), chat)),
    fail: context.fail,
    applyRealtime: (event) => {
      if (event.event === 'chat_created') setList(restoreToList(list(), event.data.chat));
      if (event.event === 'chat_updated') setList(putChat(list(), event.data.chat));
      if (event.event === 'chat_deleted') setList(deleteFromList(list(), event.data.chat_id));
    },
  };
}

async function updateChat(
  { client, list, show, fail }: ChatsContext,
  onChange: ChatListener,
  chatId: string,
  body: UpdateChatBody,
): Promise<void> {
  const before = list().chats.find((chat) => chat.chat_id === chatId);
  const showChat = (chat: Chat, isForced: boolean) => {
    show({ list: putChat(list(), chat, { isForced }) });
    onChange(chat, isForced);
  };
  if (before) showChat({ ...before, ...body }, true);
  try {
    showChat(await client.chats.update(chatId, body), false);
  } catch (cause) {
    const error = fail(cause);
    const now = list().chats.find((chat) => chat.chat_id === chatId);
    // Not when the server has told of a newer version meanwhile: that one lacks the change already.
    if (before && (now?.version ?? before.version) === before.version) showChat(before, true);
    throw error;
  }
}
