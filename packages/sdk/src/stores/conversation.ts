import type { ChatError } from '../errors/chat-error.js';
import type {
  Chat,
  Message,
  RealtimeEvent,
  SendResponse,
  StreamEvent,
  StreamEventData,
  Vote,
  VoteResponse,
} from '../protocol/index.js';
import type { LoadStatus } from './state.js';

/** What a reply's stream has brought so far. */
export interface ReplyProgress {
  readonly content: string;
  readonly reasoning: string;
  /** Last event taken in. */
  readonly seq: number;
  /** Its ending, kept until the message it belongs to is known. */
  readonly ending: ReplyEnding | null;
}

export type ReplyEnding = StreamEventData['message-end'] | StreamEventData['message-error'];

/** Everything known of the open chat. What is shown of it is the business of `viewConversation`. */
export interface Conversation {
  readonly status: LoadStatus;
  /** Null in a chat not yet sent. */
  readonly chatId: string | null;
  readonly chat: Chat | null;
  /** End of the branch that is shown: the chat's active leaf, once that message is known. */
  readonly leafId: string | null;
  /** The tree as far as it is loaded, by message id. */
  readonly messages: ReadonlyMap<string, Message>;
  /** Streams of replies whose final text is not in `messages` yet. */
  readonly replies: ReadonlyMap<string, ReplyProgress>;
  /** Votes told on their own, which may come before or after their message. */
  readonly votes: ReadonlyMap<string, Pick<VoteResponse, 'vote' | 'version'>>;
  /** Votes shown before the server has confirmed them. */
  readonly earlyVotes: ReadonlyMap<string, Vote | null>;
  /** Where the page before message `before` is. */
  readonly older: { readonly before: string; readonly cursor: string } | null;
  readonly sending: { readonly text: string } | null;
  /** While a message is on its way: the message to show the branch up to. */
  readonly shownUpTo: { readonly messageId: string | null } | null;
  readonly error: ChatError | null;
}

/** What this side does or learns by asking, beside what streams and the socket tell. */
export type LocalEvent =
  | { event: 'opened'; data: { chatId: string | null; chat: Chat | null } }
  | { event: 'loaded'; data: { chat: Chat; messages: readonly Message[]; cursor: string | null } }
  | { event: 'page_loaded'; data: { messages: readonly Message[]; cursor: string | null } }
  | { event: 'chat_changed'; data: { chat: Chat; isForced?: boolean } }
  | { event: 'failed'; data: { error: ChatError; isLoad: boolean } }
  | { event: 'send_started'; data: { text: string | null; shownUpTo: Conversation['shownUpTo'] } }
  | { event: 'send_accepted'; data: SendResponse }
  | { event: 'vote_shown'; data: { messageId: string; vote: Vote | null } }
  | { event: 'vote_settled'; data: { messageId: string; result: VoteResponse | null } };

export type ConversationEvent = StreamEvent | RealtimeEvent | LocalEvent;

export const EMPTY_CONVERSATION: Conversation = {
  status: 'idle',
  chatId: null,
  chat: null,
  leafId: null,
  messages: new Map(),
  replies: new Map(),
  votes: new Map(),
  earlyVotes: new Map(),
  older: null,
  sending: null,
  shownUpTo: null,
  error: null,
};
