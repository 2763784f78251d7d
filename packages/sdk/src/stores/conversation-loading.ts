import { asChatError } from './as-chat-error.js';
import type { ConversationContext } from './conversation-context.js';
import type { ConversationStore } from './conversation-store.js';
import type { ReplyFollower } from './reply-follower.js';

/** Messages loaded at a time: more than a tall screen holds. */
const PAGE_SIZE = 50;

/** Loads a chat and the newest page of its active branch into the open conversation. */
export async function loadBranch(
  { client, dispatch, onChat }: ConversationContext,
  chatId: string,
  signal: AbortSignal,
): Promise<void> {
  const getChat = () => client.chats.get(chatId, { signal });
  const getPage = () => client.messages.list({ chat_id: chatId, limit: PAGE_SIZE }, { signal });
  let [chat, page] = await Promise.all([getChat(), getPage()]);
  if (chat.active_message_id !== (page.messages.at(-1)?.message_id ?? null)) {
    // Something was sent between the two answers; asked in this order they agree.
    chat = await getChat();
    page = await getPage();
  }
  if (signal.aborted) return;
  onChat(chat);
  const { messages, next_cursor: cursor } = page;
  dispatch({ event: 'loaded', data: { chat, messages, cursor } });
}

type LoadingVerbs = Pick<ConversationStore, 'open' | 'loadOlder' | 'chooseBranch' | 'catchUp'>;

export function createLoadingVerbs(
  context: ConversationContext,
  follower: ReplyFollower,
): LoadingVerbs {
  const { client, dispatch, fail } = context;
  return {
    open: async (chatId) => {
      const signal = context.renewSignal();
      const chat = chatId === null ? null : (context.findChat(chatId) ?? null);
      dispatch({ event: 'opened', data: { chatId, chat } });
      if (chatId === null) return;
      try {
        await loadBranch(context, chatId, signal);
      } catch (cause) {
        if (signal.aborted) return;
        throw fail(cause, signal, { isLoad: true });
      }
      follower.followInBackground();
    },
    loadOlder: () => loadOlder(context),
    chooseBranch: async (messageId) => {
      const signal = context.signal();
      const { chatId } = context.state();
      if (chatId === null) return;
      try {
        await client.chats.chooseBranch(chatId, messageId, { signal });
        await loadBranch(context, chatId, signal);
      } catch (cause) {
        if (signal.aborted) return;
        throw fail(cause, signal);
      }
      follower.followInBackground();
    },
    catchUp: async () => {
      const signal = context.signal();
      const { chatId } = context.state();
      if (chatId === null) return;
      try {
        await loadBranch(context, chatId, signal);
        follower.followInBackground();
      } catch (cause) {
        const isGone = !signal.aborted && asChatError(cause).code === 'not_found';
        if (isGone) dispatch({ event: 'chat_deleted', data: { chat_id: chatId } });
      }
    },
  };
}

async function loadOlder(context: ConversationContext): Promise<void> {
  const { client, dispatch, $conversation } = context;
  const signal = context.signal();
  const { chatId, older } = context.state();
  const [oldest] = $conversation.get().messages;
  if (chatId === null || !oldest || oldest.parent_id === null) return;
  // A cursor of another branch leads elsewhere; then from the newest page back until it connects.
  let cursor = older?.before === oldest.message_id ? older.cursor : null;
  try {
    do {
      const page = await client.messages.list(
        { chat_id: chatId, limit: PAGE_SIZE, ...(cursor !== null && { cursor }) },
        { signal },
      );
      if (signal.aborted) return;
      cursor = page.next_cursor;
      dispatch({ event: 'page_loaded', data: { messages: page.messages, cursor } });
    } while (cursor !== null && $conversation.get().messages[0] === oldest);
  } catch (cause) {
    if (!signal.aborted) throw context.fail(cause, signal);
  }
}
