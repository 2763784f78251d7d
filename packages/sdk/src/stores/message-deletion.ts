import type { DeleteMessageResponse } from '../protocol/index.js';
import type { ConversationContext } from './conversation-context.js';
import type { ConversationVerbs } from './conversation-store.js';

/**
 * Shows at once that a message is gone, and brings it back if the server refuses.
 *
 * @param loadLeaf loads the branch that is shown instead, when it is another
 */
export function createMessageDeletion(
  { client, dispatch, fail, state, signal, onChat }: ConversationContext,
  loadLeaf: () => Promise<void>,
): ConversationVerbs['deleteMessage'] {
  return async (messageId) => {
    const own = signal();
    const { chatId } = state();
    if (chatId === null) return;
    const settle = (result: DeleteMessageResponse | null) => {
      if (!own.aborted) dispatch({ event: 'delete_settled', data: { messageId, result } });
    };
    dispatch({ event: 'delete_shown', data: { messageId, at: new Date().toISOString() } });
    try {
      const result = await client.messages.delete({ chat_id: chatId, message_id: messageId });
      onChat(result.chat);
      settle(result);
    } catch (cause) {
      settle(null);
      throw fail(cause, own);
    }
    const leafId = state().chat?.active_message_id;
    if (leafId && !state().messages.has(leafId)) await loadLeaf();
  };
}
