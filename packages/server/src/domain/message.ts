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
  model: string | null;
  /** As asked for; kept so that a reply can be made again in the same way. */
  requestedParameters: Parameters | null;
  /** As applied. */
  parameters: AppliedParameters | null;
  metrics: ReplyMetrics | null;
  createdAt: number;
  /** Grows by one with every change. */
  version: number;
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
