import type { Chat } from '../domain/chat.js';
import { notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { MessageStorage } from '../ports/message-storage.js';
import type { UpdateChat } from './update-chat.js';

interface ChooseBranchDeps {
  storage: MessageStorage;
  updateChat: UpdateChat;
}

export type ChooseBranch = (caller: Caller, chatId: string, messageId: string) => Promise<Chat>;

/** Shows the branch a message is on, down to its newest leaf. @throws DomainError `not_found` */
export function createChooseBranch({ storage, updateChat }: ChooseBranchDeps): ChooseBranch {
  return async (caller, chatId, messageId) => {
    const message = await storage.findMessage(caller.userId, messageId);
    // A message of another chat of one's own is as wrong here as a stranger's.
    if (message?.chatId !== chatId) throw notFound('message');
    const activeLeafId = await storage.findNewestLeaf(caller.userId, messageId);
    if (activeLeafId === null) throw notFound('message');
    return updateChat(caller, chatId, { activeLeafId });
  };
}
