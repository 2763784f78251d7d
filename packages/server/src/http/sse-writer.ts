import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Shorter than the idle limit of the proxies in common use (nginx 60 s, Heroku 55 s). */
const DEFAULT_HEARTBEAT_MS = 15_000;
const HEARTBEAT = ': heartbeat\n\n';
/** Events written at once, in UTF-16 units: what a slow reader makes us hold beyond one event. */
const MAX_WRITE_LENGTH = 64 * 1024;

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
 * Writes events until there are no more or the reader is gone. Reads no faster than the
 * reader takes; how far it may lag behind is the business of whoever makes the events.
 */
export async function writeEventStream(
  response: ServerResponse,
  events: AsyncIterable<readonly NumberedEvent[]>,
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
    await writeAll(response, events, signal);
  } catch (error) {
    // Leaving is the reader's right and no failure.
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
  response.end();
}

async function writeAll(
  response: ServerResponse,
  events: AsyncIterable<readonly NumberedEvent[]>,
  signal: AbortSignal,
): Promise<void> {
  for await (const batch of events) {
    if (signal.aborted) return;
    for (const text of inPieces(batch)) {
      // What is taken at once, as nearly everything is, is not waited for.
      if (!response.write(text)) await once(response, 'drain', { signal });
    }
  }
}

/** As few writes as may be: each is a packet, and dearer than the text in it. */
function* inPieces(batch: readonly NumberedEvent[]): Generator<string, void> {
  let text = '';
  for (const event of batch) {
    text += formatEvent(event);
    if (text.length < MAX_WRITE_LENGTH) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
