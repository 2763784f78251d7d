import type { Chat } from '../protocol/index.js';

/** The loaded part of the list of chats, and what decides whether a chat belongs into it. */
export interface ChatList {
  readonly chats: readonly Chat[];
  /** Where the next page is; null when all are loaded. */
  readonly cursor: string | null;
  readonly query: string;
  /** Chats deleted here or elsewhere; a late answer must not bring them back. */
  readonly deleted: ReadonlySet<string>;
}

export const EMPTY_CHAT_LIST: ChatList = {
  chats: [],
  cursor: null,
  query: '',
  deleted: new Set(),
};

interface ChatPageRows {
  rows: readonly Chat[];
  cursor: string | null;
}

/** The first page, of a search or anew. */
export function startList(list: ChatList, query: string, { rows, cursor }: ChatPageRows): ChatList {
  const known = new Map(list.chats.map((chat) => [chat.chat_id, chat]));
  const chats = rows
    .filter((chat) => !list.deleted.has(chat.chat_id))
    .map((chat) => newerOf(known.get(chat.chat_id), chat));
  return { ...list, query, cursor, chats: chats.sort(compareChats) };
}

/** The next page. */
export function extendList(list: ChatList, { rows, cursor }: ChatPageRows): ChatList {
  const known = new Set(list.chats.map((chat) => chat.chat_id));
  const added = rows.filter(({ chat_id: id }) => !known.has(id) && !list.deleted.has(id));
  return { ...list, cursor, chats: [...list.chats, ...added].sort(compareChats) };
}

/**
 * The first page again, after an outage: it replaces the part of the list that it covers, so that
 * what was deleted meanwhile goes, and keeps the pages after it.
 */
export function refreshList(list: ChatList, page: ChatPageRows): ChatList {
  const head = startList(list, list.query, page);
  const last = page.rows.at(-1);
  if (page.cursor === null || !last) return head;
  const heads = new Set(page.rows.map((chat) => chat.chat_id));
  const rest = list.chats.filter(
    (chat) => !heads.has(chat.chat_id) && compareChats(chat, last) > 0,
  );
  // Without further pages loaded, the page's own cursor is the next one.
  return rest.length === 0
    ? head
    : { ...head, cursor: list.cursor, chats: [...head.chats, ...rest].sort(compareChats) };
}

/** A chat that is new or changed; the same list when it is no news. */
export function putChat(list: ChatList, chat: Chat, { isForced = false } = {}): ChatList {
  const known = list.chats.find(({ chat_id: id }) => id === chat.chat_id);
  if (list.deleted.has(chat.chat_id)) return list;
  if (known && !isForced && known.version >= chat.version) return list;
  const rest = list.chats.filter((other) => other !== known);
  if (chat.archived || (!known && !matches(chat, list.query))) return withChats(list, rest);
  const place = rest.findIndex((other) => compareChats(chat, other) < 0);
  // Behind the last loaded one it belongs to a page not loaded yet, unless it was shown already.
  if (place === -1 && list.cursor !== null && !known) return list;
  const at = place === -1 ? rest.length : place;
  return withChats(list, rest.toSpliced(at, 0, chat));
}

export function deleteFromList(list: ChatList, chatId: string): ChatList {
  return {
    ...list,
    deleted: new Set(list.deleted).add(chatId),
    chats: list.chats.filter((chat) => chat.chat_id !== chatId),
  };
}

/** Brings a deleted chat back: the deletion failed, or was undone here or elsewhere. */
export function restoreToList(list: ChatList, chat: Chat): ChatList {
  if (!list.deleted.has(chat.chat_id)) return putChat(list, chat);
  const deleted = new Set(list.deleted);
  deleted.delete(chat.chat_id);
  return putChat({ ...list, deleted }, chat);
}

/** List order: pinned first, then newest, then highest id. */
export function compareChats(a: Chat, b: Chat): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  if (a.updated_at !== b.updated_at) return a.updated_at > b.updated_at ? -1 : 1;
  if (a.chat_id === b.chat_id) return 0;
  return a.chat_id > b.chat_id ? -1 : 1;
}

function matches(chat: Chat, query: string): boolean {
  return (chat.chat_title ?? '').toLowerCase().includes(query.toLowerCase());
}

function newerOf(known: Chat | undefined, told: Chat): Chat {
  return known && known.version >= told.version ? known : told;
}

function withChats(list: ChatList, chats: readonly Chat[]): ChatList {
  return chats.length === list.chats.length && chats.every((chat, at) => chat === list.chats[at])
    ? list
    : { ...list, chats };
}
