import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import type { Source } from '../ports/source.js';

/** Shorter than the idle limit of the proxies in common use (nginx 60 s, Heroku 55 s). */
const DEFAULT_HEARTBEAT_MS = 15_000;
const HEARTBEAT = ': heartbeat\n\n';
/** Events written at once, in UTF-16 units: what a slow reader makes us hold beyond one event. */
const MAX_WRITE_LENGTH = 64 * 1024;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform keeps proxies, and our own compression, from holding events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  connection: 'close',
};

interface StreamOptions {
  /** Aborts when the reader is gone. */
  signal: AbortSignal;
  heartbeatMs?: number | undefined;
}

/** An event of any stream: of a reply, or of a probe. */
interface NumberedEvent {
  seq: number;
  event: string;
  data: unknown;
}

/** One event as it travels: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function formatEvent({ seq, event, data }: NumberedEvent): string {
  // JSON never holds a bare line break, so the data is always one line.
  return `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Writes events until there are no more or the reader is gone. Takes no more than the reader does;
 * how far it may lag behind is the business of whoever makes the events.
 */
export async function writeEventStream(
  response: ServerResponse,
  events: Source<NumberedEvent>,
  { signal, heartbeatMs = DEFAULT_HEARTBEAT_MS }: StreamOptions,
): Promise<void> {
  // The connection ends with the stream. Nothing need mark where it ends then, and an event is one
  // write; in chunks it would be four.
  response.removeHeader('transfer-encoding');
  response.writeHead(200, HEADERS);
  response.flushHeaders();
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  // With the head out, text is all that follows: the socket takes it at half the cost. It is another
  // answer's while one that was asked for earlier, over the same connection, is not whole.
  const output: Writable = response.socket ?? response;
  let isGone = signal.aborted;
  signal.addEventListener('abort', () => (isGone = true), { once: true });
  const heartbeat = setInterval(() => output.write(HEARTBEAT), heartbeatMs);
  try {
    await events((batch) => (isGone ? undefined : write(output, batch, signal)));
  } catch (error) {
    // Leaving is the reader's right and no failure.
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
  response.end();
}

/**
 * In as few writes as may be: each is a packet, and dearer than the text in it. What is taken at
 * once, as nearly everything is, is not waited for.
 */
function write(
  output: Writable,
  batch: readonly NumberedEvent[],
  signal: AbortSignal,
): Promise<void> | undefined {
  let text = '';
  let count = 0;
  for (const event of batch) {
    text += formatEvent(event);
    count += 1;
    if (text.length >= MAX_WRITE_LENGTH) break;
  }
  const isTaken = text === '' || output.write(text);
  if (count === batch.length) return isTaken ? undefined : drained(output, signal);
  const rest = batch.slice(count);
  if (isTaken) return write(output, rest, signal);
  return drained(output, signal).then(() => write(output, rest, signal));
}

async function drained(output: Writable, signal: AbortSignal): Promise<void> {
  await once(output, 'drain', { signal });
}
