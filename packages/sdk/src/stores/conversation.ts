import type { ChatError } from '../errors/chat-error.js';
import type {
  Chat,
  DeleteMessageResponse,
  Message,
  RealtimeEvent,
  SendResponse,
  StreamEvent,
  StreamEventData,
  Vote,
  VoteDetails,
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

/** A vote with its reason, where one was given; a new vote has none yet. */
export interface ReasonedVote {
  readonly vote: Vote | null;
  readonly vote_details?: VoteDetails | undefined;
}

/** What the server tells of a vote, cast or explained. */
export type VoteFact = VoteResponse & ReasonedVote;

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
  readonly votes: ReadonlyMap<string, ReasonedVote & Pick<VoteResponse, 'version'>>;
  /** Votes shown before the server has confirmed them. */
  readonly earlyVotes: ReadonlyMap<string, ReasonedVote>;
  /** Messages deleted here, and when; a late account of one must not bring its text back. */
  readonly deleted: ReadonlyMap<string, string>;
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
  | { event: 'vote_shown'; data: { messageId: string; shown: ReasonedVote } }
  | { event: 'vote_settled'; data: { messageId: string; result: VoteFact | null } }
  | { event: 'delete_shown'; data: { messageId: string; at: string } }
  | {
      event: 'delete_settled';
      data: { messageId: string; result: DeleteMessageResponse | null };
    };

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
  deleted: new Map(),
  older: null,
  sending: null,
  shownUpTo: null,
  error: null,
};
