import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { EventLog, FollowEnd } from '../../ports/event-log.js';
import type { Take } from '../../ports/source.js';

interface LiveReply {
  /** Storage has everything up to and including this one. */
  persistedSeq: number;
  /** All that follow it, in order. */
  events: StreamEvent[];
  isClosed: boolean;
  /** Replaced, never changed: one that is fed may make another leave. */
  followers: readonly Follower[];
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
      replies.set(messageId, { persistedSeq: 0, events: [], isClosed: false, followers: [] });
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
    const follower = new Follower(reply, afterSeq, take, (end) => {
      reply.followers = reply.followers.filter((other) => other !== follower);
      signal.removeEventListener('abort', handleAbort);
      if ('why' in end) resolve(end.why);
      else reject(end.error as Error);
    });
    const handleAbort = () => follower.end({ error: signal.reason });
    reply.followers = [...reply.followers, follower];
    signal.addEventListener('abort', handleAbort, { once: true });
    follower.feed();
  });
}

/** Why a follower is told nothing more: with an error where it failed, or left. */
type End = { why: FollowEnd } | { error: unknown };

/** A reader of a live reply, and its place. */
class Follower {
  readonly #reply: LiveReply;
  readonly #take: Take<StreamEvent>;
  readonly #handleEnd: (end: End) => void;
  #seq: number;
  #isBusy = false;
  #isGone = false;

  constructor(
    reply: LiveReply,
    afterSeq: number,
    take: Take<StreamEvent>,
    handleEnd: (end: End) => void,
  ) {
    this.#reply = reply;
    this.#seq = afterSeq;
    this.#take = take;
    this.#handleEnd = handleEnd;
  }

  end(end: End): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#handleEnd(end);
  }

  /** Gives it what it lacks, unless it is still busy with what it was given. */
  feed(): void {
    const reply = this.#reply;
    // It may leave while it is busy, or because of what it is given.
    while (!this.#isBusy && !this.#isGone) {
      if (this.#seq < reply.persistedSeq) return this.end({ why: 'behind' });
      const news = reply.events.slice(this.#seq - reply.persistedSeq);
      const last = news.at(-1);
      if (!last) return reply.isClosed ? this.end({ why: 'closed' }) : undefined;
      this.#seq = last.seq;
      this.#give(news);
    }
  }

  #give(news: readonly StreamEvent[]): void {
    // A reader's failure is its own: the reply, and its other readers, go on.
    const fail = (error: unknown) => this.end({ error });
    try {
      const taken = this.#take(news);
      if (!taken) return;
      this.#isBusy = true;
      taken.then(() => this.#rest(), fail);
    } catch (error) {
      fail(error);
    }
  }

  #rest(): void {
    this.#isBusy = false;
    this.feed();
  }
}
