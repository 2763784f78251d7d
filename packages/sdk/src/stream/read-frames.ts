import { createParser } from 'eventsource-parser';
import { pause } from '../http/retry.js';
import type { RawEvent } from './parse-event.js';

/** No event of the protocol comes near this; a server that sends more is broken or hostile. */
const MAX_EVENT_CHARS = 4_000_000;

/** @param events how many the last read brought @returns milliseconds to leave until the next */
export type ReadPause = (events: number) => number;

export interface ReadFramesOptions {
  /** Called before every read: from then on silence is the other side's. */
  onRead: () => void;
  /** What comes in the pause waits in the browser and is had with one read. Default: none. */
  pause?: ReadPause | undefined;
  /** Cuts such a pause short. */
  signal: AbortSignal;
}

/**
 * Bytes to server-sent events, however they were split: a batch for every chunk, empty if no event
 * ends in it.
 *
 * @throws what reading the body throws, and an Error when an event is larger than any could be
 */
export async function* readFrames(
  body: ReadableStream<Uint8Array>,
  { onRead, pause: pauseAfter, signal }: ReadFramesOptions,
): AsyncGenerator<RawEvent[], void> {
  let batch: RawEvent[] = [];
  let isTooLarge = false;
  const parser = createParser({
    onEvent: ({ id, event, data }) => batch.push({ id, event, data }),
    onError: ({ type }) => {
      isTooLarge ||= type === 'max-buffer-size-exceeded';
    },
    maxBufferSize: MAX_EVENT_CHARS,
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      onRead();
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      if (isTooLarge) throw new Error('An event is too large.');
      yield batch;
      if (pauseAfter) await pause(pauseAfter(batch.length), signal);
      batch = [];
    }
  } finally {
    // Left early: let go of the connection. It may have failed already, which was reported above.
    await reader.cancel().catch(() => undefined);
  }
}
