import { ChatError } from '../errors/chat-error.js';
import { createDeadline, type Deadline } from '../http/deadline.js';
import { errorFromFailure } from '../http/error-from.js';
import { pause, retryDelay, type RetryOptions } from '../http/retry.js';
import { isEndingEvent } from '../protocol/endings.js';
import type { StreamEvent } from '../protocol/index.js';
import { parseEvent, type RawEvent } from './parse-event.js';
import { readFrames, type ReadPause } from './read-frames.js';

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
  idleTimeoutMs?: number | undefined;
  /** Least time from one read of the body to the next, in milliseconds. Default none. */
  readPause?: ReadPause | undefined;
  /** Leaving, without touching the reply. */
  signal: AbortSignal;
}

/**
 * A reply's events, each once and in order, over as many connections as it takes, up to its ending:
 * an array for all that was had with one read.
 *
 * @throws ChatError `stream_incomplete` when no connection brings the ending any more, `aborted`
 *   when the signal fires, or what the server answered when asking again cannot help
 */
export async function* readReplyEvents(
  options: ReplyEventsOptions,
): AsyncGenerator<StreamEvent[], void> {
  const progress = { seq: options.lastSeq, isEnded: false };
  let failures = 0;
  for (;;) {
    const reached = progress.seq;
    let failure: ChatError;
    try {
      yield* readConnection(options, progress);
      if (progress.isEnded) return;
      failure = incomplete(progress.seq);
    } catch (cause) {
      failure = translate(cause, options, progress.seq);
    }
    if (progress.seq > reached) failures = 0;
    const delayMs = retryDelay(failure, failures, options.retry);
    if (delayMs === null) throw failure;
    failures += 1;
    await pause(delayMs, options.signal);
  }
}

/** How far the reply has been read, over all connections. */
interface Progress {
  seq: number;
  isEnded: boolean;
}

/** What one connection has to add; returns when it ends, throws when it breaks. */
async function* readConnection(
  options: ReplyEventsOptions,
  progress: Progress,
): AsyncGenerator<StreamEvent[], void> {
  const idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
  const deadline = createDeadline(options.timeoutMs, [options.signal]);
  try {
    const response = await options.open(progress.seq, deadline);
    if (!response.body) throw incomplete(progress.seq);
    const batches = readFrames(response.body, {
      onRead: () => deadline.restart(idleTimeoutMs),
      pause: options.readPause,
      signal: deadline.signal,
    });
    for await (const batch of batches) {
      const events: StreamEvent[] = [];
      const isSound = takeEvents(batch, progress, events);
      if (events.length > 0) yield events;
      if (!isSound) throw incomplete(progress.seq);
      if (progress.isEnded) return;
    }
  } catch (cause) {
    if (!deadline.expired()) throw cause;
    throw new ChatError('The reply went silent.', { code: 'timeout', retryable: true, cause });
  } finally {
    deadline.abort();
  }
}

/**
 * Adds to `events` those not seen before, up to the ending.
 *
 * @returns false when a gap or nonsense breaks the connection
 */
function takeEvents(
  batch: readonly RawEvent[],
  progress: Progress,
  events: StreamEvent[],
): boolean {
  for (const raw of batch) {
    const event = parseEvent(raw);
    if (!event || event.seq > progress.seq + 1) return false;
    if (event.seq <= progress.seq) continue;
    progress.seq = event.seq;
    if (event.event === null) continue;
    events.push(event);
    progress.isEnded = isEndingEvent(event);
    if (progress.isEnded) break;
  }
  return true;
}

function incomplete(lastSeq: number, cause?: unknown): ChatError {
  return new ChatError(
    `The reply's stream broke off after event ${String(lastSeq)}. Open the chat again.`,
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
