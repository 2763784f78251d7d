import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { StreamEvent } from '@chat-playground/sdk/protocol';

/** Shorter than the idle limit of the proxies in common use (nginx 60 s, Heroku 55 s). */
const DEFAULT_HEARTBEAT_MS = 15_000;
const HEARTBEAT = ': heartbeat\n\n';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform keeps proxies, and our own compression, from holding events back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
};

interface StreamOptions {
  /** Aborts when the reader is gone. */
  signal: AbortSignal;
  heartbeatMs?: number | undefined;
}

/** One event as it travels: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function formatEvent({ seq, event, data }: StreamEvent): string {
  // JSON never holds a bare line break, so the data is always one line.
  return `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Writes a reply's events until there are no more or the reader is gone. Reads no faster than the
 * reader takes; how far it may lag behind is the business of whoever makes the events.
 */
export async function writeEventStream(
  response: ServerResponse,
  events: AsyncIterable<StreamEvent>,
  { signal, heartbeatMs = DEFAULT_HEARTBEAT_MS }: StreamOptions,
): Promise<void> {
  response.writeHead(200, HEADERS);
  response.flushHeaders();
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  const heartbeat = setInterval(() => response.write(HEARTBEAT), heartbeatMs);
  try {
    for await (const event of events) {
      if (signal.aborted) break;
      if (!response.write(formatEvent(event))) await drained(response, signal);
    }
  } catch (error) {
    // Leaving is the reader's right and no failure.
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
  response.end();
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal });
}
