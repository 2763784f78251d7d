import type { Message } from '../../domain/message.js';
import { foldForSearch } from '../../domain/search-text.js';
import { toDocument, type MessageDocument } from './documents.js';

export function toMessage(document: Omit<MessageDocument, 'searchText'>): Message {
  return {
    id: document._id,
    chatId: document.chatId,
    ownerId: document.ownerId,
    parentId: document.parentId,
    depth: document.depth,
    role: document.role,
    content: document.content,
    reasoning: document.reasoning,
    status: document.status,
    error: document.error,
    vote: document.vote,
    ...(document.voteDetails && { voteDetails: document.voteDetails }),
    model: document.model,
    requestedParameters: document.requestedParameters,
    parameters: document.parameters,
    metrics: document.metrics,
    createdAt: document.createdAt,
    ...(document.deletedAt !== undefined && { deletedAt: document.deletedAt }),
    version: document.version,
  };
}

export function toMessageDocument(message: Message): MessageDocument {
  return { ...toDocument(message), searchText: foldForSearch(message.content) };
}
