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
  let content = '';
  let reasoning = '';
  for (const event of events) {
    if (event.event === 'text-delta') content += event.data.delta;
    if (event.event === 'reasoning-delta') reasoning += event.data.delta;
  }
  return { ...message, content, reasoning };
}
