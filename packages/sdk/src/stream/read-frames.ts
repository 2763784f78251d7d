import { createParser } from 'eventsource-parser';
import type { RawEvent } from './parse-event.js';

/** No event of the protocol comes near this; a server that sends more is broken or hostile. */
const MAX_EVENT_CHARS = 4_000_000;

/**
 * Bytes to server-sent events, a batch for every chunk, however the bytes were split.
 *
 * @param onChunk called for every chunk, comments included: the connection is alive
 * @throws what reading the body throws, and an Error when an event is larger than any could be
 */
export async function* readFrames(
  body: ReadableStream<Uint8Array>,
  onChunk: () => void,
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
      const { done, value } = await reader.read();
      if (done) return;
      onChunk();
      parser.feed(decoder.decode(value, { stream: true }));
      if (isTooLarge) throw new Error(`An event exceeds ${String(MAX_EVENT_CHARS)} characters.`);
      if (batch.length === 0) continue;
      yield batch;
      batch = [];
    }
  } finally {
    // Left early: let go of the connection. It may have failed already, which was reported above.
    await reader.cancel().catch(() => undefined);
  }
}
