import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { EventLog, LiveBatch } from '../../ports/event-log.js';

/** Events kept for followers that are a moment late, once storage has them: about a second's worth. */
const DEFAULT_TAIL_EVENTS = 64;

interface LiveReply {
  /** Consecutive events, the oldest first. */
  events: StreamEvent[];
  persistedSeq: number;
  /** Followers that wait for the next event. */
  waiting: Set<() => void>;
}

/** The live logs of one process. */
export function createMemoryEventLog(options: { tailEvents?: number } = {}): EventLog {
  const tailEvents = options.tailEvents ?? DEFAULT_TAIL_EVENTS;
  const replies = new Map<string, LiveReply>();
  return {
    open(messageId) {
      replies.set(messageId, { events: [], persistedSeq: 0, waiting: new Set() });
    },
    append(messageId, events) {
      const reply = replies.get(messageId);
      if (!reply) return;
      for (const event of events) reply.events.push(event);
      wakeAll(reply);
    },
    release(messageId, seq) {
      const reply = replies.get(messageId);
      if (!reply) return;
      reply.persistedSeq = seq;
      forget(reply, tailEvents);
    },
    close(messageId) {
      const reply = replies.get(messageId);
      if (!reply) return;
      replies.delete(messageId);
      wakeAll(reply);
    },
    async follow(messageId, afterSeq, signal) {
      signal.throwIfAborted();
      const reply = replies.get(messageId);
      if (!reply) return { state: 'closed' };
      for (;;) {
        const batch = batchAfter(reply, afterSeq);
        if (batch) return batch;
        // A follower that waited through the ending still gets it from here.
        if (replies.get(messageId) !== reply) return { state: 'closed' };
        await nextChange(reply, signal);
        signal.throwIfAborted();
      }
    },
  };
}

/** Drops what storage has, all but the tail. */
function forget(reply: LiveReply, tailEvents: number): void {
  const firstSeq = reply.events[0]?.seq;
  if (firstSeq === undefined) return;
  const persistedCount = reply.persistedSeq - firstSeq + 1;
  const count = Math.min(persistedCount, reply.events.length - tailEvents);
  if (count > 0) reply.events.splice(0, count);
}

/** Null when there is nothing yet. */
function batchAfter(reply: LiveReply, afterSeq: number): LiveBatch | null {
  const first = reply.events[0];
  const last = reply.events.at(-1);
  if (!first || !last || last.seq <= afterSeq) return null;
  if (first.seq > afterSeq + 1) return { state: 'behind' };
  return { state: 'events', events: reply.events.slice(afterSeq + 1 - first.seq) };
}

function wakeAll(reply: LiveReply): void {
  const waiting = reply.waiting;
  if (waiting.size === 0) return;
  reply.waiting = new Set();
  for (const wake of waiting) wake();
}

function nextChange(reply: LiveReply, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const waiting = reply.waiting;
    const wake = () => {
      signal.removeEventListener('abort', wake);
      waiting.delete(wake);
      resolve();
    };
    waiting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}
