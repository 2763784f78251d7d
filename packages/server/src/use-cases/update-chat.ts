import type { Chat } from '../domain/chat.js';
import { notFound } from '../domain/domain-error.js';
import { presentChat } from '../domain/present.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { ChatPatch, ChatStorage } from '../ports/chat-storage.js';

interface UpdateChatDeps {
  storage: ChatStorage;
  broadcaster: Broadcaster;
}

export type UpdateChat = (caller: Caller, chatId: string, patch: ChatPatch) => Promise<Chat>;

/** Changes what is named in the patch and tells the owner's other tabs. @throws DomainError `not_found` */
export function createUpdateChat({ storage, broadcaster }: UpdateChatDeps): UpdateChat {
  return async (caller, chatId, patch) => {
    const chat = await storage.updateChat(caller.userId, chatId, patch);
    if (!chat) throw notFound('chat');
    broadcaster.publish(caller.userId, {
      event: 'chat_updated',
      data: { chat: presentChat(chat) },
    });
    return chat;
  };
}
