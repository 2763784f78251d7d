import type { Chat } from '../domain/chat.js';

/** Where a page of chats begins: after this one, in list order. */
export interface ChatPosition {
  pinned: boolean;
  updatedAt: number;
  id: string;
}

export interface ChatQuery {
  limit: number;
  after?: ChatPosition;
  archived: boolean;
  /** Case-insensitive part of a title. */
  titleContains?: string;
}

/** What a user may change of a chat by hand. */
export interface ChatPatch {
  title?: string;
  pinned?: boolean;
  archived?: boolean;
  activeLeafId?: string;
}

/** Every method takes the owner: another user's chat is as absent as one that never was. */
export interface ChatStorage {
  /** Not deleted. */
  findChat(ownerId: string, chatId: string): Promise<Chat | null>;
  /** Pinned first, then newest `updatedAt`, then highest id; at most `limit` rows. */
  listChats(ownerId: string, query: ChatQuery): Promise<Chat[]>;
  /** Raises `version`, leaves `updatedAt`. An `activeLeafId` that is not of this chat changes nothing. */
  updateChat(ownerId: string, chatId: string, patch: ChatPatch): Promise<Chat | null>;
  /** Sets the title unless there is one already. @returns the chat if it was set */
  setFirstTitle(ownerId: string, chatId: string, title: string): Promise<Chat | null>;
  /** Hides the chat at once. @returns whether there was one to hide */
  deleteChat(ownerId: string, chatId: string, at: number): Promise<boolean>;
  /** Brings a chat back that was deleted at or after `deletedSince`; one not deleted is returned as it is. */
  restoreChat(
    ownerId: string,
    chatId: string,
    deletedSince: number,
  ): Promise<'not_found' | 'expired' | Chat>;
  /** Removes for good, with their messages, chats deleted before `deletedBefore`. @returns how many */
  purgeChats(deletedBefore: number, limit: number): Promise<number>;
}
