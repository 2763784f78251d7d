import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient, SentReplyStream } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import { isFinalStatus } from '../protocol/endings.js';
import type { Chat, Message, Parameters, SendBody, Vote } from '../protocol/index.js';
import { applyEvent } from './apply-event.js';
import { asChatError } from './as-chat-error.js';
import { createConversationView } from './conversation-view.js';
import { EMPTY_CONVERSATION, type Conversation, type ConversationEvent } from './conversation.js';
import { createReplyFollower } from './reply-follower.js';
import type { ConversationState } from './state.js';
import { createVoteQueue } from './vote-queue.js';

export interface ConversationStore {
  readonly $conversation: ReadableAtom<ConversationState>;
  chatId(): string | null;
  /** Takes in what the socket tells, or what a verb learnt. */
  apply(event: ConversationEvent): void;
  open(chatId: string | null): Promise<void>;
  loadOlder(): Promise<void>;
  send(text: string): Promise<void>;
  edit(messageId: string, text: string): Promise<void>;
  regenerate(messageId: string): Promise<void>;
  stopReply(): Promise<void>;
  vote(messageId: string, vote: Vote): Promise<void>;
  chooseBranch(messageId: string): Promise<void>;
  /** Loads what an outage may have hidden. Failing is left to the next time. */
  catchUp(): Promise<void>;
}

export interface ConversationStoreDeps {
  client: ChatClient;
  findChat: (chatId: string) => Chat | undefined;
  /** Told of every chat this store loads or makes. */
  onChat: (chat: Chat) => void;
  parameters: () => Parameters;
}

/** Messages loaded at a time: more than a tall screen holds. */
const PAGE_SIZE = 50;

export function createConversationStore(deps: ConversationStoreDeps): ConversationStore {
  const { client } = deps;
  const view = createConversationView();
  let state: Conversation = EMPTY_CONVERSATION;
  /** Ends with the chat that is open: what was begun for it must not touch the next one. */
  let scope = new AbortController();
  let lastSent: SentReplyStream | null = null;
  const $conversation = atom<ConversationState>(view(state));

  const renewScope = () => {
    scope.abort();
    scope = new AbortController();
    return scope.signal;
  };
  const dispatch = (event: ConversationEvent) => {
    const next = applyEvent(state, event);
    if (next === state) return;
    if (event.event === 'chat_deleted') renewScope();
    state = next;
    $conversation.set(view(state));
  };
  const follower = createReplyFollower(client, {
    seqOf: (messageId) => state.replies.get(messageId)?.seq ?? 0,
    dispatch,
    reload: (chatId, signal) => loadBranch(chatId, signal),
  });

  /** Puts a failure into the store, if its chat is still open, and hands it on. */
  const fail = (cause: unknown, signal: AbortSignal, isLoad = false): ChatError => {
    const error = asChatError(cause);
    if (!signal.aborted) dispatch({ event: 'failed', data: { error, isLoad } });
    return error;
  };

  async function loadBranch(chatId: string, signal: AbortSignal): Promise<void> {
    const getChat = () => client.chats.get(chatId, { signal });
    const getPage = () => client.messages.list({ chat_id: chatId, limit: PAGE_SIZE }, { signal });
    let [chat, page] = await Promise.all([getChat(), getPage()]);
    if (chat.active_message_id !== (page.messages.at(-1)?.message_id ?? null)) {
      // Something was sent between the two answers; asked in this order they agree.
      chat = await getChat();
      page = await getPage();
    }
    if (signal.aborted) return;
    deps.onChat(chat);
    dispatch({
      event: 'loaded',
      data: { chat, messages: page.messages, cursor: page.next_cursor },
    });
  }

  /** Reads along if the reply at the end of the branch is still being written. */
  async function followLeaf(): Promise<void> {
    const leaf = state.messages.get(state.leafId ?? '');
    if (!leaf || leaf.role !== 'assistant' || isFinalStatus(leaf.status)) return;
    const { signal } = scope;
    try {
      await follower.follow(leaf, signal);
    } catch (cause) {
      throw fail(cause, signal);
    }
  }
  const followInBackground = () => {
    // A failure is in the store by then, and there is no caller to tell.
    followLeaf().catch(() => undefined);
  };

  async function submit(
    body: Omit<SendBody, 'parameters'>,
    shown: { text: string | null; shownUpTo: Conversation['shownUpTo'] },
  ): Promise<void> {
    const { signal } = scope;
    dispatch({ event: 'send_started', data: shown });
    // Without the signal: leaving the chat must not take back what was sent.
    const sent = client.chats.send({
      ...body,
      ...(state.chatId !== null && { chat_id: state.chatId }),
      parameters: deps.parameters(),
    });
    lastSent = sent;
    try {
      const accepted = await sent.accepted;
      deps.onChat(accepted.chat);
      if (signal.aborted) return;
      dispatch({ event: 'send_accepted', data: accepted });
    } catch (cause) {
      throw fail(cause, signal);
    } finally {
      if (lastSent === sent) lastSent = null;
    }
    await followLeaf();
  }

  async function loadOlder(): Promise<void> {
    const { signal } = scope;
    const [oldest] = $conversation.get().messages;
    if (state.chatId === null || !oldest || oldest.parent_id === null) return;
    // A cursor of another branch leads elsewhere; then from the newest page back until it connects.
    let cursor = state.older?.before === oldest.message_id ? state.older.cursor : null;
    try {
      do {
        const page = await client.messages.list(
          { chat_id: state.chatId, limit: PAGE_SIZE, ...(cursor !== null && { cursor }) },
          { signal },
        );
        if (signal.aborted) return;
        cursor = page.next_cursor;
        dispatch({ event: 'page_loaded', data: { messages: page.messages, cursor } });
      } while (cursor !== null && $conversation.get().messages[0] === oldest);
    } catch (cause) {
      if (!signal.aborted) throw fail(cause, signal);
    }
  }

  const known = (messageId: string): Message => {
    const message = state.messages.get(messageId);
    if (message) return message;
    throw new TypeError(`Message ${messageId} is not loaded in the open chat.`);
  };

  return {
    $conversation,
    chatId: () => state.chatId,
    apply: (event) => {
      dispatch(event);
      followInBackground();
    },
    open: async (chatId) => {
      const signal = renewScope();
      const chat = chatId === null ? null : (deps.findChat(chatId) ?? null);
      dispatch({ event: 'opened', data: { chatId, chat } });
      if (chatId === null) return;
      try {
        await loadBranch(chatId, signal);
      } catch (cause) {
        if (signal.aborted) return;
        throw fail(cause, signal, true);
      }
      followInBackground();
    },
    loadOlder,
    send: (text) => submit({ message: text }, { text, shownUpTo: null }),
    edit: async (messageId, text) => {
      const shownUpTo = { messageId: known(messageId).parent_id };
      await submit({ message_id: messageId, message: text }, { text, shownUpTo });
    },
    regenerate: async (messageId) => {
      const { role, content, parent_id } = known(messageId);
      const isReply = role === 'assistant';
      await submit(
        { message_id: messageId, message: isReply ? '' : content },
        { text: null, shownUpTo: { messageId: isReply ? parent_id : messageId } },
      );
    },
    stopReply: async () => {
      const { signal } = scope;
      const partial = $conversation.get().partial;
      const chatId = state.chatId;
      try {
        if (lastSent && !partial) await lastSent.stop();
        else if (partial && chatId !== null) {
          await client.chats.stop({ chat_id: chatId, message_id: partial.message_id });
        }
      } catch (cause) {
        throw fail(cause, signal);
      }
    },
    vote: createVoteQueue(client, {
      shownVote: (messageId) =>
        $conversation.get().messages.find((m) => m.message_id === messageId)?.vote ?? null,
      dispatch,
      fail: (cause) => fail(cause, scope.signal),
    }),
    chooseBranch: async (messageId) => {
      const { signal } = scope;
      const chatId = known(messageId).chat_id;
      try {
        await client.chats.chooseBranch(chatId, messageId, { signal });
        await loadBranch(chatId, signal);
      } catch (cause) {
        if (signal.aborted) return;
        throw fail(cause, signal);
      }
      followInBackground();
    },
    catchUp: async () => {
      const { signal } = scope;
      const chatId = state.chatId;
      if (chatId === null) return;
      try {
        await loadBranch(chatId, signal);
        followInBackground();
      } catch (cause) {
        const isGone = asChatError(cause).code === 'not_found';
        if (isGone) dispatch({ event: 'chat_deleted', data: { chat_id: chatId } });
      }
    },
  };
}
