import type { Message } from '../../domain/message.js';
import { foldForSearch } from '../../domain/search-text.js';
import { toDocument, type MessageDocument } from './documents.js';

export function toMessage(document: MessageDocument): Message {
  const {
    _id: id,
    nodeId: _nodeId,
    heartbeatAt: _heartbeatAt,
    endedAt: _endedAt,
    endingEvents: _endingEvents,
    searchText: _searchText,
    ...message
  } = document;
  return { id, ...message };
}

export function toMessageDocument(message: Message): MessageDocument {
  return { ...toDocument(message), searchText: foldForSearch(message.content) };
}
