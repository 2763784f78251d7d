import {
  PROBE_TICK_MS,
  PROBE_TICKS,
  probeTickSchema,
  type ProbeEvent,
} from '@chat-playground/sdk/protocol';
import { createParser } from 'eventsource-parser';
import type { Visit } from './visit.js';

/** Beyond the time a probe takes by itself. */
const MARGIN_MS = 15_000;

/** When each event of a probe was sent and came, by the clocks of both sides. */
export interface Sighting {
  event: ProbeEvent['event'];
  /** By the server's clock, in milliseconds since the epoch. */
  sentAt: number;
  /** By ours. */
  arrivedAt: number;
}

export interface Observation {
  status: number;
  /** Of a server that refuses for now; in seconds. */
  retryAfter: string | null;
  sightings: readonly Sighting[];
  /** When the last byte came, be it of an event or a heartbeat; by our clock. */
  lastByteAt: number;
  /** When there was nothing more to read. */
  endedAt: number;
}

/** Reads a probe as long as it lasts; one that is cut ends like one that is over. */
export async function watchProbe(visit: Visit, holdSeconds: number): Promise<Observation> {
  const timeoutMs = PROBE_TICKS * PROBE_TICK_MS + holdSeconds * 1000 + MARGIN_MS;
  const response = await visit.ask(`api/probe?hold_seconds=${holdSeconds}`, { timeoutMs });
  const { status, headers, body } = response;
  const sightings: Sighting[] = [];
  let lastByteAt = Date.now();
  const parser = createParser({
    onEvent({ event, data }) {
      if (event !== 'tick' && event !== 'end') return;
      const tick = probeTickSchema.safeParse(parseJson(data));
      if (tick.success) sightings.push({ event, sentAt: tick.data.sent_at, arrivedAt: lastByteAt });
    },
  });
  if (status === 200 && body) {
    for await (const text of untilCut(body)) {
      lastByteAt = Date.now();
      parser.feed(text);
    }
  } else {
    await body?.cancel();
  }
  const retryAfter = headers.get('retry-after');
  return { status, retryAfter, sightings, lastByteAt, endedAt: Date.now() };
}

async function* untilCut(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    // A connection that breaks is what is looked for here, and no failure to look.
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || !value) return;
    yield decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
