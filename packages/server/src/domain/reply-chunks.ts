import { isFinalStatus, type StreamEvent } from '@chat-playground/sdk/protocol';
import type { Message } from './message.js';

/**
 * Events after `afterSeq`, in order, each once, at most `limit`, out of chunks in the order of
 * their last event. Chunks may overlap: a write that was tried again left both.
 */
export function mergeChunks(
  chunks: readonly (readonly StreamEvent[])[],
  afterSeq: number,
  limit: number,
): StreamEvent[] {
  const merged: StreamEvent[] = [];
  let seq = afterSeq;
  for (const event of chunks.flat()) {
    if (event.seq <= seq || merged.length === limit) continue;
    merged.push(event);
    seq = event.seq;
  }
  return merged;
}

/** A reply with the text its events hold so far; one that has ended has its text already. */
export function withTextOf<Kind extends Message>(message: Kind, events: StreamEvent[]): Kind {
  if (isFinalStatus(message.status)) return message;
  return { ...message, ...events.reduce(addText, { content: '', reasoning: '' }) };
}

/** What a reply has said and thought, after one more event. */
export function addText(
  { content, reasoning }: Pick<Message, 'content' | 'reasoning'>,
  { event, data }: StreamEvent,
): Pick<Message, 'content' | 'reasoning'> {
  switch (event) {
    case 'text-delta':
      return { content: content + data.delta, reasoning };
    case 'reasoning-delta':
      return { content, reasoning: reasoning + data.delta };
    case 'text-is-reasoning': {
      const end = Math.max(0, content.length - data.length);
      return { content: content.slice(0, end), reasoning: reasoning + content.slice(end) };
    }
    default:
      return { content, reasoning };
  }
}
