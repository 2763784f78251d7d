import { invalidField, notFound } from '../domain/domain-error.js';
import type { PlacedMessage } from '../domain/message.js';
import type { Caller } from '../domain/user.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { MessageStorage } from '../ports/message-storage.js';

interface ListMessagesInput {
  chatId: string;
  limit: number;
  /** The newest message of the page; the chat's active leaf when absent. */
  leafId?: string | undefined;
}

export interface MessagePage {
  /** Oldest first. */
  messages: PlacedMessage[];
  /** The newest message of the page before this one; null at the root. */
  nextLeafId: string | null;
}

export type ListMessages = (caller: Caller, input: ListMessagesInput) => Promise<MessagePage>;

/**
 * A page of one branch, walking from its leaf to the root. What is sent, edited or chosen in the
 * meantime adds other branches and never changes this path, so pages neither overlap nor skip.
 *
 * @throws DomainError `not_found`; `invalid_request` when `leafId` is no message of the chat
 */
export function createListMessages(deps: { storage: ChatStorage & MessageStorage }): ListMessages {
  const { storage } = deps;
  return async (caller, { chatId, limit, leafId }) => {
    const chat = await storage.findChat(caller.userId, chatId);
    if (!chat) throw notFound('chat');
    const from = leafId ?? chat.activeLeafId;
    if (from === null) return { messages: [], nextLeafId: null };
    const messages = await storage.listBranch(caller.userId, chatId, { leafId: from, limit });
    if (leafId !== undefined && messages.length === 0)
      throw invalidField('query.cursor', 'must be a next_cursor of this chat');
    return { messages, nextLeafId: messages[0]?.parentId ?? null };
  };
}
