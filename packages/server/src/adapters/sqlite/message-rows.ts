import type { Message, SiblingPlace, VoteDetails } from '../../domain/message.js';
import type { MessageRow } from './schema.js';

export type StoredMessage = Omit<MessageRow, 'row_id'>;

export interface SiblingColumns {
  sibling_index: number;
  sibling_count: number;
  previous_sibling_id: string | null;
  next_sibling_id: string | null;
}

export function toMessageRow(message: Message): StoredMessage {
  return {
    id: message.id,
    chat_id: message.chatId,
    owner_id: message.ownerId,
    parent_id: message.parentId,
    depth: message.depth,
    role: message.role,
    content: message.content,
    reasoning: message.reasoning,
    status: message.status,
    error: toJson(message.error),
    vote: message.vote,
    vote_details: toJson(message.voteDetails ?? null),
    model: message.model,
    requested_parameters: toJson(message.requestedParameters),
    parameters: toJson(message.parameters),
    metrics: toJson(message.metrics),
    created_at: message.createdAt,
    deleted_at: message.deletedAt ?? null,
    version: message.version,
  };
}

export function fromMessageRow(row: StoredMessage): Message {
  return {
    id: row.id,
    chatId: row.chat_id,
    ownerId: row.owner_id,
    parentId: row.parent_id,
    depth: row.depth,
    role: row.role,
    content: row.content,
    reasoning: row.reasoning,
    status: row.status,
    error: fromJson(row.error),
    vote: row.vote,
    ...(row.vote_details !== null && { voteDetails: parse<VoteDetails>(row.vote_details) }),
    model: row.model,
    requestedParameters: fromJson(row.requested_parameters),
    parameters: fromJson(row.parameters),
    metrics: fromJson(row.metrics),
    createdAt: row.created_at,
    ...(row.deleted_at !== null && { deletedAt: row.deleted_at }),
    version: row.version,
  };
}

export function toSiblingPlace(row: SiblingColumns): SiblingPlace {
  return {
    index: row.sibling_index,
    count: row.sibling_count,
    previousId: row.previous_sibling_id,
    nextId: row.next_sibling_id,
  };
}

export function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function fromJson<Value>(text: string | null): Value | null {
  return text === null ? null : parse<Value>(text);
}

/** What `toJson` wrote: this adapter is the file's only writer, so the shape is known. */
function parse<Value>(text: string): Value {
  return JSON.parse(text) as Value;
}
