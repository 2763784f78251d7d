import type { ChatClient } from '../chat-client.js';
import type { ChatStores } from './chat-stores.js';
import type { ChatsStore } from './chats-store.js';
import type { ConversationStore } from './conversation-store.js';

/**
 * Deleting a chat and taking it back, which concern the list and the open chat alike: a deleted
 * chat closes at once, and opens again when the deletion fails or is undone while nothing else has
 * been opened.
 */
export function createDeletion(
  client: ChatClient,
  chats: ChatsStore,
  conversation: ConversationStore,
): Pick<ChatStores, 'deleteChat' | 'undoDelete'> {
  /** The chat that a deletion closed. */
  let closedChatId: string | null = null;

  const reopen = async (chatId: string) => {
    if (closedChatId !== chatId || conversation.chatId() !== null) return;
    closedChatId = null;
    await conversation.open(chatId);
  };

  return {
    deleteChat: async (chatId) => {
      const chat = chats.find(chatId);
      chats.remove(chatId);
      if (conversation.chatId() === chatId) {
        closedChatId = chatId;
        await conversation.open(null);
      }
      try {
        const { undo_until: until } = await client.chats.delete(chatId);
        return Date.parse(until);
      } catch (cause) {
        const error = chats.fail(cause);
        if (error.code === 'not_found') throw error;
        if (chat) chats.restore(chat);
        await reopen(chatId).catch(() => undefined);
        throw error;
      }
    },
    undoDelete: async (chatId) => {
      try {
        chats.restore(await client.chats.restore(chatId));
      } catch (cause) {
        throw chats.fail(cause);
      }
      await reopen(chatId);
    },
  };
}
