import type { Message } from '../../domain/message.js';
import type { MessageDocument } from './documents.js';

export function toMessage(document: MessageDocument): Message {
  const {
    _id: id,
    nodeId: _nodeId,
    heartbeatAt: _heartbeatAt,
    endedAt: _endedAt,
    endingEvents: _endingEvents,
    ...message
  } = document;
  return { id, ...message };
}
