import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { Chat, Parameters } from '../protocol/index.js';
import { applyEvent } from './apply-event.js';
import { asChatError } from './as-chat-error.js';
import { createConversationView } from './conversation-view.js';
import { EMPTY_CONVERSATION, type Conversation, type ConversationEvent } from './conversation.js';
import type { ConversationState } from './state.js';

export interface ConversationDeps {
  client: ChatClient;
  findChat: (chatId: string) => Chat | undefined;
  /** Told of every chat that is loaded or made here. */
  onChat: (chat: Chat) => void;
  parameters: () => Parameters;
}

/** The open chat, and what its verbs share. */
export interface ConversationContext extends ConversationDeps {
  readonly $conversation: ReadableAtom<ConversationState>;
  state(): Conversation;
  dispatch(event: ConversationEvent): void;
  /** Fires when another chat is opened: what was begun for this one must not touch the next. */
  signal(): AbortSignal;
  /** Ends what was begun for the chat before. @returns the next signal */
  renewSignal(): AbortSignal;
  /** Puts a failure into the store, if its chat is still open, for the caller to throw. */
  fail(cause: unknown, signal: AbortSignal, options?: { isLoad: boolean }): ChatError;
}

export function createConversationContext(deps: ConversationDeps): ConversationContext {
  const view = createConversationView();
  let state: Conversation = EMPTY_CONVERSATION;
  let scope = new AbortController();
  const $conversation = atom<ConversationState>(view(state));

  const renewSignal = () => {
    scope.abort();
    scope = new AbortController();
    return scope.signal;
  };
  const dispatch = (event: ConversationEvent) => {
    const next = applyEvent(state, event);
    if (next === state) return;
    if (event.event === 'chat_deleted') renewSignal();
    state = next;
    $conversation.set(view(state));
  };
  return {
    ...deps,
    $conversation,
    state: () => state,
    dispatch,
    signal: () => scope.signal,
    renewSignal,
    fail: (cause, signal, { isLoad } = { isLoad: false }) => {
      const error = asChatError(cause);
      if (!signal.aborted) dispatch({ event: 'failed', data: { error, isLoad } });
      return error;
    },
  };
}
