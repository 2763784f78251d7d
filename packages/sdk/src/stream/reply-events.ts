import { ChatError } from '../errors/chat-error.js';
import { createDeadline, type Deadline } from '../http/deadline.js';
import { errorFromFailure } from '../http/error-from.js';
import { pause, retryDelay, type RetryOptions } from '../http/retry.js';
import { isEndingEvent } from '../protocol/endings.js';
import type { StreamEvent } from '../protocol/index.js';
import { parseEvent } from './parse-event.js';
import { readFrames } from './read-frames.js';

/** The server sends a comment every 15 s; three of them missing means the connection is dead. */
const IDLE_TIMEOUT_MS = 45_000;

export interface ReplyEventsOptions {
  /** Opens the stream after the event `lastSeq`; rejects with a ChatError. */
  open(lastSeq: number, deadline: Deadline): Promise<Response>;
  /** The last event already seen; 0 to begin at the beginning. */
  lastSeq: number;
  /** How often in a row a connection may fail without bringing a single new event. */
  retry: RetryOptions;
  /** Longest wait for the answer's headers, in milliseconds. */
  timeoutMs: number;
  /** Longest silence, in milliseconds. Default 45000. */
  idleTimeoutMs?: number;
  /** Leaving, without touching the reply. */
  signal: AbortSignal;
}

/**
 * A reply's events, each once and in order, over as many connections as it takes, up to its ending.
 *
 * @throws ChatError `stream_incomplete` when no connection brings the ending any more, `aborted`
 *   when the signal fires, or what the server answered when asking again cannot help
 */
export async function* readReplyEvents(options: ReplyEventsOptions): AsyncGenerator<StreamEvent> {
  let lastSeq = options.lastSeq;
  let failures = 0;
  for (;;) {
    const reached = lastSeq;
    const connection = readConnection(options, lastSeq);
    let failure: ChatError;
    try {
      for await (const { seq, known } of connection) {
        lastSeq = seq;
        if (!known) continue;
        yield known;
        if (isEndingEvent(known)) return;
      }
      failure = incomplete(lastSeq);
    } catch (cause) {
      failure = translate(cause, options, lastSeq);
    }
    if (lastSeq > reached) failures = 0;
    const delayMs = retryDelay(failure, failures, options.retry);
    if (delayMs === null) throw failure;
    failures += 1;
    await pause(delayMs, options.signal);
  }
}

/** One connection's events after `lastSeq`; returns when it ends, throws when it breaks. */
async function* readConnection(
  options: ReplyEventsOptions,
  lastSeq: number,
): AsyncGenerator<{ seq: number; known: StreamEvent | null }> {
  const idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
  const deadline = createDeadline(options.timeoutMs, [options.signal]);
  let expected = lastSeq + 1;
  try {
    const response = await options.open(lastSeq, deadline);
    deadline.restart(idleTimeoutMs);
    if (!response.body) throw incomplete(lastSeq);
    const batches = readFrames(response.body, () => deadline.restart(idleTimeoutMs));
    for await (const batch of batches) {
      for (const raw of batch) {
        const event = parseEvent(raw);
        if (!event || event.seq > expected) throw incomplete(expected - 1);
        if (event.seq < expected) continue;
        expected += 1;
        yield { seq: event.seq, known: event.event === null ? null : event };
      }
    }
  } catch (cause) {
    if (!deadline.expired()) throw cause;
    throw new ChatError('The reply went silent.', { code: 'timeout', retryable: true, cause });
  } finally {
    deadline.abort();
  }
}

function incomplete(lastSeq: number, cause?: unknown): ChatError {
  return new ChatError(
    `The reply's stream broke off after event ${String(lastSeq)}. Open the chat again to see it.`,
    { code: 'stream_incomplete', retryable: true, cause },
  );
}

/** What the server answered stays what it is; a connection that broke makes the stream incomplete. */
function translate(cause: unknown, { signal }: ReplyEventsOptions, lastSeq: number): ChatError {
  const error = errorFromFailure(cause, 'Reading the reply', {
    aborted: signal.aborted,
    timeoutMs: null,
  });
  const isBroken = error.code === 'network' || error.code === 'timeout';
  return isBroken ? incomplete(lastSeq, cause) : error;
}
