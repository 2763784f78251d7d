import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { RedisLink } from './redis-link.js';
import { CLOSING_FIELD, CLOSING_ID, entryId, EVENTS_FIELD, streamName } from './stream-entry.js';

/** Entries a stream keeps; who is further behind reads from storage. Redis rounds it up a little. */
const MAX_ENTRIES = 500;
/** A stream outlives its writer's last word by so long, in seconds. */
const LIVE_SECONDS = 300;
/** And its ending by so long: enough for every reader to take it. */
const CLOSED_SECONDS = 60;
/** Text that may wait for Redis, in UTF-16 units; what exceeds it is left to storage. */
const MAX_WAITING_LENGTH = 1024 * 1024;

export interface StreamWriter {
  append(messageId: string, events: readonly StreamEvent[]): void;
  close(messageId: string): void;
}

interface Growth {
  events: StreamEvent[];
  isClosed: boolean;
}

/**
 * Mirrors replies to Redis. Whatever comes while a write is under way goes with the next one, so
 * that a busy node writes larger pieces, not more of them. Nothing is tried again: a reader that
 * finds a gap fills it from storage.
 */
export function createStreamWriter(link: RedisLink): StreamWriter {
  let waiting = new Map<string, Growth>();
  let waitingLength = 0;
  let isWriting = false;

  function grow(messageId: string): Growth {
    const growth = waiting.get(messageId) ?? { events: [], isClosed: false };
    waiting.set(messageId, growth);
    return growth;
  }

  async function write(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    // What is said in this turn goes in one write.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.size > 0) {
      const growths = waiting;
      waiting = new Map();
      waitingLength = 0;
      if (link.isUp) await writeAll(link, growths);
    }
    isWriting = false;
  }

  return {
    append(messageId, events) {
      if (!link.isUp) return;
      for (const event of events) {
        grow(messageId).events.push(event);
        if ('delta' in event.data) waitingLength += event.data.delta.length;
      }
      if (waitingLength > MAX_WAITING_LENGTH) {
        for (const growth of waiting.values()) growth.events = [];
        waitingLength = 0;
      }
      void write();
    },
    close(messageId) {
      if (!link.isUp) return;
      grow(messageId).isClosed = true;
      void write();
    },
  };
}

/** One round trip for all replies. Never rejects. */
async function writeAll(link: RedisLink, growths: Map<string, Growth>): Promise<void> {
  const pipeline = link.commands.pipeline();
  for (const [messageId, { events, isClosed }] of growths) {
    const stream = link.name(streamName(messageId));
    const last = events.at(-1);
    const bound = ['MAXLEN', '~', MAX_ENTRIES] as const;
    if (last) {
      pipeline.xadd(stream, ...bound, entryId(last.seq), EVENTS_FIELD, JSON.stringify(events));
    }
    if (isClosed) pipeline.xadd(stream, ...bound, CLOSING_ID, CLOSING_FIELD, '1');
    pipeline.expire(stream, isClosed ? CLOSED_SECONDS : LIVE_SECONDS);
    pipeline.publish(stream, '');
  }
  // Storage has, or will have, what could not be written.
  await pipeline.exec().catch(() => undefined);
}
