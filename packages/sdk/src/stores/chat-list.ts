import type { Chat } from '../protocol/index.js';

/** The loaded part of the list of chats, and what decides whether a chat belongs into it. */
export interface ChatList {
  readonly chats: readonly Chat[];
  /** Where the next page is; null when all are loaded. */
  readonly cursor: string | null;
  readonly query: string;
  /** Whether it is the list of archived chats. */
  readonly archived: boolean;
  /** Chats deleted here or elsewhere; a late answer must not bring them back. */
  readonly deleted: ReadonlySet<string>;
}

export const EMPTY_CHAT_LIST: ChatList = {
  chats: [],
  cursor: null,
  query: '',
  archived: false,
  deleted: new Set(),
};

interface ChatPageRows {
  rows: readonly Chat[];
  cursor: string | null;
}

/** The first page, of a search or anew. */
export function startList(list: ChatList, page: ChatPageRows): ChatList {
  return joinPage(list, page, []);
}

/** The next page. */
export function extendList(list: ChatList, page: ChatPageRows): ChatList {
  return joinPage(list, page, list.chats);
}

/**
 * The first page again, after an outage: it replaces the part of the list that it covers, so that
 * what was deleted meanwhile goes, and keeps the pages after it.
 */
export function refreshList(list: ChatList, page: ChatPageRows): ChatList {
  const last = page.cursor === null ? undefined : page.rows.at(-1);
  const after = last ? list.chats.filter((chat) => compareChats(chat, last) > 0) : [];
  const joined = joinPage(list, page, after);
  // Without further pages loaded, the page's own cursor is the next one.
  const hasFurther = joined.chats.length > startList(list, page).chats.length;
  return hasFurther ? { ...joined, cursor: list.cursor } : joined;
}

/** @param kept what stays of the list beside the page */
function joinPage(list: ChatList, { rows, cursor }: ChatPageRows, kept: readonly Chat[]): ChatList {
  const known = new Map(list.chats.map((chat) => [chat.chat_id, chat]));
  const joined = new Map(kept.map((chat) => [chat.chat_id, chat]));
  for (const chat of rows) {
    const id = chat.chat_id;
    if (!list.deleted.has(id)) joined.set(id, newerOf(known.get(id), chat));
  }
  return { ...list, cursor, chats: [...joined.values()].sort(compareChats) };
}

/** A chat that is new or changed; the same list when it is no news. */
export function putChat(list: ChatList, chat: Chat, { isForced = false } = {}): ChatList {
  const known = list.chats.find(({ chat_id: id }) => id === chat.chat_id);
  if (list.deleted.has(chat.chat_id)) return list;
  if (known && !isForced && known.version >= chat.version) return list;
  const rest = list.chats.filter((other) => other !== known);
  if (chat.archived !== list.archived || (!known && !matches(chat, list.query)))
    return withChats(list, rest);
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
  return (
    Number(b.pinned) - Number(a.pinned) ||
    compareTexts(b.updated_at, a.updated_at) ||
    compareTexts(b.chat_id, a.chat_id)
  );
}

function compareTexts(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
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
