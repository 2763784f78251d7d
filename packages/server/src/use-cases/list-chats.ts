import type { Chat } from '../domain/chat.js';
import type { Caller } from '../domain/user.js';
import type { ChatPosition, ChatStorage } from '../ports/chat-storage.js';

interface ListChatsInput {
  limit: number;
  after?: ChatPosition | undefined;
  archived: boolean;
  titleContains?: string | undefined;
}

export interface ChatPage {
  chats: Chat[];
  /** Where the next page begins; null when this is the last. */
  next: ChatPosition | null;
}

export type ListChats = (caller: Caller, input: ListChatsInput) => Promise<ChatPage>;

/** The caller's chats, a page of them. Reads one row more than asked for, to know if that is all. */
export function createListChats({ storage }: { storage: ChatStorage }): ListChats {
  return async (caller, { limit, ...query }) => {
    const rows = await storage.listChats(caller.userId, { ...query, limit: limit + 1 });
    const chats = rows.slice(0, limit);
    const last = chats.at(-1);
    const next =
      rows.length > limit && last
        ? { pinned: last.pinned, updatedAt: last.updatedAt, id: last.id }
        : null;
    return { chats, next };
  };
}
