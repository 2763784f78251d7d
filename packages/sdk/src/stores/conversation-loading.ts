import { errorFromFailure } from '../http/error-from.js';
import { asChatError } from './as-chat-error.js';
import type { ConversationContext } from './conversation-context.js';
import type { ConversationStore, ConversationVerbs } from './conversation-store.js';
import type { ReplyFollower } from './reply-follower.js';

/** Messages loaded at first: more than a tall screen holds. */
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

type LoadingVerbs = Pick<ConversationStore, 'open' | 'catchUp'> &
  Pick<ConversationVerbs, 'loadOlderMessages' | 'chooseBranch'>;

export function createLoadingVerbs(
  context: ConversationContext,
  follower: ReplyFollower,
): LoadingVerbs {
  const { client, dispatch, attempt } = context;

  async function showBranch(chatId: string, signal: AbortSignal): Promise<void> {
    await loadBranch(context, chatId, signal);
    follower.followInBackground();
  }

  async function chooseBranch(messageId: string): Promise<void> {
    const { chatId } = context.state();
    if (chatId === null) return;
    await attempt(async (signal) => {
      await client.chats.chooseBranch(chatId, messageId, { signal });
      await showBranch(chatId, signal);
    });
  }

  return {
    open: async (chatId, { messageId } = {}) => {
      context.renew();
      const chat = chatId === null ? null : (context.findChat(chatId) ?? null);
      dispatch({ event: 'opened', data: { chatId, chat } });
      if (chatId === null) return;
      await attempt((signal) => showBranch(chatId, signal), true);
      if (messageId === undefined) return;
      await attempt(async (signal) => {
        const { reachMessage } = await importOlderMessages();
        await reachMessage(context, signal, messageId, chooseBranch);
      });
    },
    loadOlderMessages: () =>
      attempt(async (signal) => {
        const { loadOlder } = await importOlderMessages();
        await loadOlder(context, signal);
      }),
    chooseBranch,
    catchUp: async () => {
      const signal = context.signal();
      const { chatId } = context.state();
      if (chatId === null) return;
      try {
        await showBranch(chatId, signal);
      } catch (cause) {
        const isGone = !signal.aborted && asChatError(cause).code === 'not_found';
        if (isGone) dispatch({ event: 'chat_deleted', data: { chat_id: chatId } });
      }
    },
  };
}

/** Few chats are so long, and fewer are read from so far back, that it is not loaded with the rest. */
async function importOlderMessages() {
  return import('./older-messages.js').catch((cause: unknown) => {
    throw errorFromFailure(cause, 'Loading older messages', { aborted: false, timeoutMs: null });
  });
}
