import type { ChatError } from '../errors/chat-error.js';
import type { Chat, Message, Model, Parameters, User } from '../protocol/index.js';

export type LoadStatus = 'idle' | 'loading' | 'ready' | 'error';

/** `restoring`: a kept session is being checked; show neither form nor chat yet. */
export type SessionState =
  | { status: 'restoring'; user: null }
  | { status: 'signed-out'; user: null }
  | { status: 'signed-in'; user: User };

export interface ChatsState {
  status: LoadStatus;
  /** In list order: pinned first, then newest. */
  chats: readonly Chat[];
  /** Whether another page can be loaded. */
  hasMore: boolean;
  /** The part of a title that was searched for; empty for all. */
  query: string;
  /** Whether it is the list of archived chats. */
  archived: boolean;
  error: ChatError | null;
}

/** The text of a reply while it is being written; its message in `messages` stays as it was. */
export interface PartialReply {
  message_id: string;
  content: string;
  reasoning: string;
  /** Last event seen, for resuming. */
  seq: number;
}

export interface ConversationState {
  status: LoadStatus;
  /** Null in a chat not yet sent. */
  chat: Chat | null;
  /** The active branch as far as it is loaded, oldest first; same array while only `partial` grows. */
  messages: readonly Message[];
  hasOlder: boolean;
  /** Null when no reply is being written. */
  partial: PartialReply | null;
  /** A message on its way to the server, shown at once. */
  sending: { text: string } | null;
  /** Why the last send or load failed; cleared by the next. */
  error: ChatError | null;
}

export interface ModelsState {
  status: LoadStatus;
  models: readonly Model[];
  error: ChatError | null;
}

/** What the next send will ask for. */
export type ParametersState = Readonly<Parameters>;

/**
 * What the replies of the open chat's loaded branch have cost together. What the user has spent in
 * all chats, deleted ones too, is told by `client.usage`.
 */
export interface UsageState {
  replies: number;
  prompt_tokens: number;
  completion_tokens: number;
  /** The time the replies took, in seconds. */
  response_time: number;
  /** Whether the branch is loaded to its beginning, so that nothing is missing from the sum. */
  isWhole: boolean;
}
