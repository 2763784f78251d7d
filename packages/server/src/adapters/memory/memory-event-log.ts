import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { EventLog, LiveBatch } from '../../ports/event-log.js';

/** Events kept for followers that are a moment late, once storage has them. */
const DEFAULT_TAIL_EVENTS = 16;

interface LiveReply {
  /** Consecutive events, the oldest first. */
  events: StreamEvent[];
  persistedSeq: number;
  /** Followers that wait for the next event. */
  waiting: Set<Waiter>;
}

interface Waiter {
  readonly afterSeq: number;
  settle(batch: LiveBatch): void;
  giveUp(): void;
}

interface Follow {
  resolve: (batch: LiveBatch) => void;
  reject: (reason: Error) => void;
  signal: AbortSignal;
}

const CLOSED: LiveBatch = { state: 'closed' };

export interface MemoryEventLog extends EventLog {
  /** What is held right now: open replies, and events of all of them. */
  readonly size: { replies: number; events: number };
}

/** The live logs of one process. */
export function createMemoryEventLog(options: { tailEvents?: number } = {}): MemoryEventLog {
  const tailEvents = options.tailEvents ?? DEFAULT_TAIL_EVENTS;
  const replies = new Map<string, LiveReply>();
  const wait = createWait();
  return {
    get size() {
      let events = 0;
      for (const reply of replies.values()) events += reply.events.length;
      return { replies: replies.size, events };
    },
    open(messageId) {
      replies.set(messageId, { events: [], persistedSeq: 0, waiting: new Set() });
    },
    append(messageId, events) {
      const reply = replies.get(messageId);
      if (!reply) return;
      for (const event of events) reply.events.push(event);
      for (const waiter of reply.waiting) {
        const batch = batchAfter(reply, waiter.afterSeq);
        if (batch) waiter.settle(batch);
      }
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
      for (const waiter of reply.waiting) waiter.settle(CLOSED);
    },
    follow: (messageId, afterSeq, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const reply = replies.get(messageId);
        const batch = reply ? batchAfter(reply, afterSeq) : CLOSED;
        if (batch) resolve(batch);
        else if (reply) wait(reply, afterSeq, { resolve, reject, signal });
      }),
  };
}

type Wait = (reply: LiveReply, afterSeq: number, follow: Follow) => void;

/** Waiting for the next event, or for one's signal. */
function createWait(): Wait {
  // One listener a reader: adding and removing one for each token costs more than the token.
  const bySignal = new WeakMap<AbortSignal, Set<Waiter>>();

  function waitersOf(signal: AbortSignal): Set<Waiter> {
    const known = bySignal.get(signal);
    if (known) return known;
    const waiters = new Set<Waiter>();
    bySignal.set(signal, waiters);
    const handleAbort = () => waiters.forEach((waiter) => waiter.giveUp());
    signal.addEventListener('abort', handleAbort, { once: true });
    return waiters;
  }

  return ({ waiting }, afterSeq, { resolve, reject, signal }) => {
    const leave = () => {
      waiting.delete(waiter);
      ofSignal.delete(waiter);
    };
    const waiter: Waiter = {
      afterSeq,
      settle(batch) {
        leave();
        resolve(batch);
      },
      giveUp() {
        leave();
        reject(signal.reason as Error);
      },
    };
    const ofSignal = waitersOf(signal).add(waiter);
    waiting.add(waiter);
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
