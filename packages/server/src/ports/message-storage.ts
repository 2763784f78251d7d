import type { StreamEvent, Vote } from '@chat-playground/sdk/protocol';
import type { Chat } from '../domain/chat.js';
import type { Message, PlacedMessage, VoteDetails } from '../domain/message.js';
import type { TextRange } from '../domain/search-text.js';

/** One send, ready to be written: ids are made by the caller, so that writing it twice is harmless. */
export interface NewSend {
  ownerId: string;
  /** From the caller's idempotency key; null when it sent none. */
  key: string | null;
  /** Hash of the request, to tell a repeat from a key used twice. */
  fingerprint: string;
  /** Set when the send opens a new chat. */
  newChat: Chat | null;
  /** Set unless an existing user message is answered again. */
  userMessage: Message | null;
  reply: Message;
  /**
   * The chat's active leaf as the sender saw it: if it is another one by now, someone else's send
   * came first and this one is `outdated`. Not looked at when absent.
   */
  seenLeafId?: string | null;
  /** Which node writes the reply. */
  nodeId: string;
  at: number;
}

/**
 * What became of it. On `repeated`, the ids are those of the first time; on `outdated` nothing was
 * written, for the chat has moved on since the sender looked at it.
 */
export type SendOutcome =
  | { outcome: 'recorded' }
  | { outcome: 'repeated'; chatId: string; userMessageId: string; replyId: string }
  | { outcome: 'mismatch' }
  | { outcome: 'outdated' };

/** New events of a running reply. */
export interface ReplyProgress {
  messageId: string;
  nodeId: string;
  events: StreamEvent[];
}

export type ReplyEnding = Pick<
  Message,
  'status' | 'content' | 'reasoning' | 'error' | 'metrics' | 'parameters'
> & {
  messageId: string;
  /** The last events, the ending one among them. */
  events: StreamEvent[];
  at: number;
};

/** A reply without an ending. */
export interface RunningReply {
  messageId: string;
  chatId: string;
  ownerId: string;
  nodeId: string;
  heartbeatAt: number;
}

export interface MessageDeletion {
  outcome: 'removed' | 'emptied';
  /** As it is afterwards. */
  chat: Chat;
}

export interface MessageQuery {
  text: string;
  limit: number;
  /** `nextAfter` of the page before. */
  after?: string | undefined;
}

/** Without its text, which may be long: a hit shows the part of it around the first match. */
export interface MessageHit {
  message: Pick<Message, 'id' | 'chatId' | 'role' | 'createdAt'>;
  chatTitle: string | null;
  snippet: string;
  /** Matches within the snippet. */
  ranges: TextRange[];
}

export interface MessageHits {
  hits: MessageHit[];
  /** Id of the message down to which all were looked at; null when none is left to look at. */
  nextAfter: string | null;
}

export interface MessageStorage {
  /**
   * Writes chat, user message and pending reply, makes the reply the active leaf and moves the
   * chat's `updatedAt`; all or nothing, and once per key. Of two sends that saw the same leaf, on
   * whichever nodes, one is recorded: no branch is answered twice at once.
   *
   * @throws DomainError `not_found` when the chat, or the message it hangs on, is not the owner's
   */
  recordSend(send: NewSend): Promise<SendOutcome>;
  /** What became of the send that used this key; null while the key is fresh: `repeated` or `mismatch`. */
  findSend(ownerId: string, key: string, fingerprint: string): Promise<SendOutcome | null>;
  /** The content of an unfinished reply is put together from its events. */
  findMessage(ownerId: string, messageId: string): Promise<PlacedMessage | null>;
  /**
   * Up to `limit` messages from `leafId` towards the root, oldest first; fewer, but one at least,
   * where their texts fill a page (`MAX_PAGE_LENGTH`). Costs the page, not the chat.
   */
  listBranch(
    ownerId: string,
    chatId: string,
    branch: { leafId: string; limit: number },
  ): Promise<PlacedMessage[]>;
  /** The leaf reached from a message by always taking the newest child; itself if it has none. */
  findNewestLeaf(ownerId: string, messageId: string): Promise<string | null>;
  /**
   * Deletes one message and loses nothing of what follows it: a message without children is removed
   * (if it was the active leaf, the newest leaf beside it or else its parent becomes that); one with
   * children loses its text and keeps its place, so that every branch through it stays reachable.
   */
  deleteMessage(ownerId: string, messageId: string, at: number): Promise<MessageDeletion | null>;
  /** Says why one voted; null as well when there is no vote. */
  setVoteDetails(ownerId: string, messageId: string, details: VoteDetails): Promise<Message | null>;
  /**
   * Messages that hold all words of a text, or parts of words, newest first. What one call may cost
   * is bounded, however much there is to look through: a page may be short of `limit`, or empty, and
   * yet have a `nextAfter`. Page after page they are all there, each once.
   */
  searchMessages(ownerId: string, query: MessageQuery): Promise<MessageHits>;
  /** Sets the vote, or takes it back if it is the same already; one atomic step. */
  castVote(ownerId: string, messageId: string, vote: Vote): Promise<Message | null>;
}

/** The running side of replies. Not reached by users, hence without owners. */
export interface ReplyStorage {
  /**
   * Appends to the logs of many replies in one write, marks them `streaming` and beats their hearts.
   * Of a reply that has ended, or that another node writes, nothing is taken.
   */
  appendReplyEvents(progress: ReplyProgress[], at: number): Promise<void>;
  /** Beats the hearts of replies that have nothing to write. */
  beatReplies(nodeId: string, messageIds: string[], at: number): Promise<void>;
  /** Compare-and-set from an unfinished status. @returns whether this call ended it */
  endReply(ending: ReplyEnding): Promise<boolean>;
  /** Events after `afterSeq`, in order; empty when there are none or no longer any. */
  listReplyEvents(messageId: string, afterSeq: number, limit: number): Promise<StreamEvent[]>;
  /** Unfinished replies whose heart last beat before `beatBefore`. */
  listAbandonedReplies(beatBefore: number, limit: number): Promise<RunningReply[]>;
  /** The unfinished replies of one chat; of a deleted one too, so that they can be stopped. */
  listRunningReplies(ownerId: string, chatId: string): Promise<RunningReply[]>;
  /** Drops the logs of replies that ended before then; their messages keep the text. */
  purgeReplyEvents(endedBefore: number, limit: number): Promise<number>;
}
