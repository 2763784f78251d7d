import type { Chat } from '../domain/chat.js';
import { notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { ChatStorage } from '../ports/chat-storage.js';

export type GetChat = (caller: Caller, chatId: string) => Promise<Chat>;

/** @throws DomainError `not_found` */
export function createGetChat({ storage }: { storage: ChatStorage }): GetChat {
  return async (caller, chatId) => {
    const chat = await storage.findChat(caller.userId, chatId);
    if (!chat) throw notFound('chat');
    return chat;
  };
}
