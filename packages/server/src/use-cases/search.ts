import type { Chat } from '../domain/chat.js';
import { findWords, wordsOf, type TextRange } from '../domain/search-text.js';
import type { Caller } from '../domain/user.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { MessageHit, MessageStorage } from '../ports/message-storage.js';

/** Titles are a shortcut beside the messages, not a list of their own: that is the chats' list. */
const MAX_CHATS = 5;

interface SearchInput {
  text: string;
  limit: number;
  /** `nextAfter` of the page before. */
  after?: string | undefined;
}

export interface SearchPage {
  chats: { chat: Chat; ranges: TextRange[] }[];
  /** May be fewer than asked for, or none, although there is a next page. */
  messages: MessageHit[];
  /** Where the next page begins; null when this is the last. */
  nextAfter: string | null;
}

export type Search = (caller: Caller, input: SearchInput) => Promise<SearchPage>;

/** Titles (first page only) and messages that hold all the words, or parts of words. */
export function createSearch({ storage }: { storage: ChatStorage & MessageStorage }): Search {
  return async ({ userId }, { text, limit, after }) => {
    const { hits, nextAfter } = await storage.searchMessages(userId, { text, limit, after });
    return {
      chats: after === undefined ? await findChats(storage, userId, text) : [],
      messages: hits,
      nextAfter,
    };
  };
}

async function findChats(storage: ChatStorage, ownerId: string, text: string) {
  const query = { titleContains: text, limit: MAX_CHATS };
  const [current, archived] = await Promise.all([
    storage.listChats(ownerId, { ...query, archived: false }),
    storage.listChats(ownerId, { ...query, archived: true }),
  ]);
  const words = wordsOf(text);
  const chats = [...current, ...archived].slice(0, MAX_CHATS);
  return Promise.all(
    chats.map(async (chat) => ({ chat, ranges: (await findWords(chat.title ?? '', words)) ?? [] })),
  );
}
