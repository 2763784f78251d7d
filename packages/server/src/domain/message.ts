import type {
  AppliedParameters,
  MessageStatus,
  Parameters,
  ReplyError,
  ReplyMetrics,
  Role,
  Vote,
} from '@chat-playground/sdk/protocol';

/** A node of a chat's tree. */
export interface Message {
  id: string;
  chatId: string;
  ownerId: string;
  parentId: string | null;
  /** Distance from the root: 0 for a chat's first message. Lets a page read only its own rows. */
  depth: number;
  role: Role;
  content: string;
  reasoning: string;
  status: MessageStatus;
  error: ReplyError | null;
  vote: Vote | null;
  /** Why, in the voter's words; gone when the vote is taken back or changed. */
  voteDetails?: VoteDetails;
  model: string | null;
  /** As asked for; kept so that a reply can be made again in the same way. */
  requestedParameters: Parameters | null;
  /** As applied. */
  parameters: AppliedParameters | null;
  metrics: ReplyMetrics | null;
  createdAt: number;
  /** When its text was deleted; it then only holds its place in the tree. */
  deletedAt?: number;
  /** Grows by one with every change. */
  version: number;
}

export interface VoteDetails {
  tags: string[];
  comment: string;
}

/** Where a message stands among the versions of itself (same parent, same chat), oldest first. */
export interface SiblingPlace {
  index: number;
  count: number;
  previousId: string | null;
  nextId: string | null;
}

export interface PlacedMessage extends Message {
  siblings: SiblingPlace;
}
