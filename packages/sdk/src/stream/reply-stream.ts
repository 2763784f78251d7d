import type { ReplyStream } from '../chat-client.js';
import { ChatError } from '../errors/chat-error.js';
import { isErrorCode } from '../http/error-from.js';
import type { StreamEvent } from '../protocol/index.js';

const MS_PER_SECOND = 1000;

/** Dresses a reply's events as the {@link ReplyStream} that callers iterate, once. */
export function createReplyStream(
  read: () => AsyncGenerator<StreamEvent[], void>,
  stop: () => Promise<void>,
): ReplyStream {
  let isTaken = false;
  const batches = () => {
    if (isTaken) throw new TypeError('A reply stream is read once.');
    isTaken = true;
    return read();
  };
  const iterate = () => oneByOne(batches());
  return {
    [Symbol.asyncIterator]: iterate,
    batches,
    toText: () => collectText(iterate()),
    stop,
  };
}

async function* oneByOne(batches: AsyncIterable<StreamEvent[]>): AsyncGenerator<StreamEvent, void> {
  for await (const batch of batches) yield* batch;
}

async function collectText(events: AsyncIterable<StreamEvent>): Promise<string> {
  let text = '';
  for await (const { event, data } of events) {
    if (event === 'text-delta') text += data.delta;
    if (event === 'text-is-reasoning') text = text.slice(0, -data.length);
    if (event !== 'message-error') continue;
    throw new ChatError(data.message, {
      code: isErrorCode(data.code) ? data.code : 'internal',
      retryable: data.retryable,
      retryAfterMs: data.retry_after === undefined ? undefined : data.retry_after * MS_PER_SECOND,
    });
  }
  return text;
}
