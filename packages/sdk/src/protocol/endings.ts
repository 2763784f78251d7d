import type { MessageStatus } from './message.js';

/** Whether a reply in this status will change no more. */
export function isFinalStatus(status: MessageStatus): boolean {
  return status !== 'pending' && status !== 'streaming';
}

/** Whether this event ends the stream. A stream that stops without one was cut. */
export function isEndingEvent(event: { event: string }): boolean {
  return event.event === 'message-end' || event.event === 'message-error';
}
