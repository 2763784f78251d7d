import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Chat } from '../../domain/chat.js';
import type { Message } from '../../domain/message.js';
import type { Preset } from '../../domain/preset.js';
import type { Session } from '../../domain/session.js';
import type { Day, UsageEntry } from '../../domain/usage.js';
import type { User } from '../../domain/user.js';

/** A thing of the domain as a document: its id is the document's. */
type DocumentOf<Thing extends { id: string }> = Omit<Thing, 'id'> & { _id: string };

export type UserDocument = DocumentOf<User> & {
  /** Folded, so that uniqueness knows no case. */
  usernameKey: string;
  emailKey: string;
};

export type SessionDocument = DocumentOf<Session>;

export type ChatDocument = DocumentOf<Chat> & {
  /** Folded, for search without case. */
  titleKey: string | null;
  /** The newest send that moved this chat on: doing it again changes nothing. */
  lastReplyId: string;
};

/** With a reply's running side in the same document, so that it ends in one atomic update. */
export type MessageDocument = DocumentOf<Message> & {
  /** The content folded, for search without case; empty until it is final. */
  searchText: string;
  nodeId?: string;
  /** Only while the reply runs. */
  heartbeatAt?: number;
  /** From the reply's end until its log is purged. */
  endedAt?: number;
  endingEvents?: StreamEvent[];
};

export type PresetDocument = DocumentOf<Preset>;

/** The day is derived: it is what entries are summed up by. */
export type UsageDocument = UsageEntry & { _id: string; day: Day };

/** Some consecutive events of a running reply. */
export interface ReplyChunkDocument {
  _id: string;
  messageId: string;
  lastSeq: number;
  events: StreamEvent[];
}

/**
 * A send: first what is to be done, then that it was. One document decides between racing sends
 * with one key, and whoever finds `pending` can finish what its writer left undone.
 */
export interface SendDocument {
  _id: string;
  ownerId: string;
  fingerprint: string;
  chatId: string;
  userMessageId: string;
  replyId: string;
  createdAt: number;
  pending?: PendingSend;
  /** As `createdAt`, only while pending. */
  pendingSince?: number;
}

export interface PendingSend {
  /** Where the chat must still be; anywhere when absent. */
  seenLeafId?: string | null;
  chat: ChatDocument | null;
  messages: MessageDocument[];
}

export function toDocument<Thing extends { id: string }>({ id, ...rest }: Thing) {
  return { _id: id, ...rest };
}
