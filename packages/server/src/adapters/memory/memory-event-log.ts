import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { EventLog, FollowEnd } from '../../ports/event-log.js';
import type { Take } from '../../ports/source.js';

interface LiveReply {
  /** Storage has everything up to and including this one. */
  persistedSeq: number;
  /** All that follow it, in order. */
  events: StreamEvent[];
  isClosed: boolean;
  followers: Set<Follower>;
}

interface Follower {
  /** Gives it what it lacks, unless it is still busy with what it was given. */
  feed(): void;
}

export interface MemoryEventLog extends EventLog {
  /** What is held right now: open replies, and events of all of them. */
  readonly size: { replies: number; events: number };
}

/** The live logs of one process. */
export function createMemoryEventLog(): MemoryEventLog {
  const replies = new Map<string, LiveReply>();
  return {
    get size() {
      let events = 0;
      for (const reply of replies.values()) events += reply.events.length;
      return { replies: replies.size, events };
    },
    open(messageId) {
      const followers = new Set<Follower>();
      replies.set(messageId, { persistedSeq: 0, events: [], isClosed: false, followers });
    },
    append(messageId, events) {
      const reply = replies.get(messageId);
      if (!reply) return;
      for (const event of events) reply.events.push(event);
      for (const follower of reply.followers) follower.feed();
    },
    release(messageId, seq) {
      const reply = replies.get(messageId);
      if (!reply || seq <= reply.persistedSeq) return;
      reply.events.splice(0, seq - reply.persistedSeq);
      reply.persistedSeq = seq;
    },
    close(messageId) {
      const reply = replies.get(messageId);
      if (!reply) return;
      replies.delete(messageId);
      reply.isClosed = true;
      for (const follower of reply.followers) follower.feed();
    },
    async follow(messageId, afterSeq, take, signal) {
      signal.throwIfAborted();
      const reply = replies.get(messageId);
      return reply ? follow(reply, afterSeq, take, signal) : 'closed';
    },
  };
}

function follow(
  reply: LiveReply,
  afterSeq: number,
  take: Take<StreamEvent>,
  signal: AbortSignal,
): Promise<FollowEnd> {
  return new Promise((resolve, reject) => {
    let seq = afterSeq;
    let isBusy = false;
    const leave = () => {
      reply.followers.delete(follower);
      signal.removeEventListener('abort', handleAbort);
    };
    const end = (why: FollowEnd) => (leave(), resolve(why));
    const fail = (error: unknown) => (leave(), reject(error as Error));
    const handleAbort = () => fail(signal.reason);
    const rest = () => {
      isBusy = false;
      follower.feed();
    };
    const follower: Follower = {
      feed() {
        // Whoever left while it was busy is not fed any more.
        while (!isBusy && reply.followers.has(follower)) {
          if (seq < reply.persistedSeq) return end('behind');
          const news = reply.events.slice(seq - reply.persistedSeq);
          const last = news.at(-1);
          if (!last) return reply.isClosed ? end('closed') : undefined;
          seq = last.seq;
          try {
            const taken = take(news);
            if (!taken) continue;
            isBusy = true;
            taken.then(rest, fail);
          } catch (error) {
            // A reader's failure is its own: the reply, and its other readers, go on.
            return fail(error);
          }
        }
      },
    };
    reply.followers.add(follower);
    signal.addEventListener('abort', handleAbort, { once: true });
    follower.feed();
  });
}
