import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { Chat, Parameters } from '../protocol/index.js';
import { applyEvent } from './apply-event.js';
import { asChatError } from './as-chat-error.js';
import { createConversationView } from './conversation-view.js';
import { EMPTY_CONVERSATION, type Conversation, type ConversationEvent } from './conversation.js';
import { createScope, type Scope } from './scope.js';
import type { ConversationState } from './state.js';

export interface ConversationDeps {
  client: ChatClient;
  findChat: (chatId: string) => Chat | undefined;
  /** Told of every chat that is loaded or made here. */
  onChat: (chat: Chat) => void;
  parameters: () => Parameters;
}

/**
 * The open chat, and what its verbs share. The scope's signal fires when another chat is opened: what
 * was begun for this one must not touch the next.
 */
export interface ConversationContext extends ConversationDeps, Scope {
  readonly $conversation: ReadableAtom<ConversationState>;
  state(): Conversation;
  /** Takes in what happened, in order; the store changes once. */
  dispatch(...events: readonly ConversationEvent[]): void;
  /** Puts a failure into the store, if its chat is still open, for the caller to throw. */
  fail(cause: unknown, signal: AbortSignal): ChatError;
  /**
   * Does what only matters as long as the chat is open: a failure is put into the store and thrown
   * while it is, and nothing afterwards.
   *
   * @param isLoad whether there is nothing to show when it fails; default false
   */
  attempt(work: (signal: AbortSignal) => Promise<void>, isLoad?: boolean): Promise<void>;
}

export function createConversationContext(deps: ConversationDeps): ConversationContext {
  const view = createConversationView();
  let state: Conversation = EMPTY_CONVERSATION;
  const scope = createScope();
  const $conversation = atom<ConversationState>(view(state));

  const dispatch = (...events: readonly ConversationEvent[]) => {
    const next = events.reduce(applyEvent, state);
    if (next === state) return;
    // The open chat was deleted.
    if (next === EMPTY_CONVERSATION) scope.renew();
    state = next;
    $conversation.set(view(state));
  };
  const fail = (cause: unknown, signal: AbortSignal, isLoad = false) => {
    const error = asChatError(cause);
    if (!signal.aborted) dispatch({ event: 'failed', data: { error, isLoad } });
    return error;
  };
  return {
    ...deps,
    $conversation,
    state: () => state,
    dispatch,
    ...scope,
    fail,
    attempt: async (work, isLoad) => {
      const signal = scope.signal();
      try {
        await work(signal);
      } catch (cause) {
        if (!signal.aborted) throw fail(cause, signal, isLoad);
      }
    },
  };
}
