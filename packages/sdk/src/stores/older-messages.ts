import type { ConversationContext } from './conversation-context.js';

/** Messages loaded at a time: more than a tall screen holds. */
const PAGE_SIZE = 50;

/** Loads the page before the oldest message on show. @throws ChatError when it cannot be had */
export async function loadOlder(context: ConversationContext, signal: AbortSignal): Promise<void> {
  const { client, dispatch, $conversation } = context;
  const { chatId, older } = context.state();
  const [oldest] = $conversation.get().messages;
  if (signal.aborted || chatId === null || !oldest || oldest.parent_id === null) return;
  // A cursor of another branch leads elsewhere; then from the newest page back until it connects.
  let cursor = older?.before === oldest.message_id ? older.cursor : undefined;
  do {
    const query = { chat_id: chatId, limit: PAGE_SIZE, cursor };
    const { messages, next_cursor } = await client.messages.list(query, { signal });
    if (signal.aborted) return;
    cursor = next_cursor ?? undefined;
    dispatch({ event: 'page_loaded', data: { messages, cursor: next_cursor } });
  } while (cursor !== undefined && $conversation.get().messages[0] === oldest);
}

/**
 * Loads until a message is on show, from whichever branch and however far back.
 *
 * @throws ChatError when it cannot be had
 */
export async function reachMessage(
  context: ConversationContext,
  signal: AbortSignal,
  messageId: string,
  chooseBranch: (messageId: string) => Promise<void>,
): Promise<void> {
  const shown = () => context.$conversation.get().messages;
  const isMissing = () =>
    !signal.aborted && !shown().some(({ message_id: id }) => id === messageId);
  if (isMissing()) await chooseBranch(messageId);
  // Until it is there, or nothing older comes any more.
  for (let before = 0; isMissing() && shown().length > before;) {
    before = shown().length;
    await loadOlder(context, signal);
  }
}
