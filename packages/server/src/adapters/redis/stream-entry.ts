import type { StreamEvent } from '@chat-playground/sdk/protocol';

/**
 * A reply's stream in Redis: each entry holds consecutive events, and its id is the number of the
 * last of them. So a reader asks for what follows an event by that event's number, a repeated write
 * is refused by Redis itself, and nothing can be written after the closing entry.
 */
export const EVENTS_FIELD = 'events';
/** Higher than any event's number. */
export const CLOSING_ID = `${Number.MAX_SAFE_INTEGER}-0`;
export const CLOSING_FIELD = 'closed';

export type StreamEntry = [id: string, fields: string[]];

export function entryId(seq: number): string {
  return `${seq}-0`;
}

/** The name of a reply's stream, and of the channel that says it has grown. */
export function streamName(messageId: string): string {
  return `reply:${messageId}`;
}

/** Null for the closing entry. */
export function eventsOf([, [field, value]]: StreamEntry): StreamEvent[] | null {
  return field === EVENTS_FIELD && value !== undefined
    ? (JSON.parse(value) as StreamEvent[])
    : null;
}
