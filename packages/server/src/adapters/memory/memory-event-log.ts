import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { EventLog, FollowEnd, OpenLog } from '../../ports/event-log.js';
import type { Take } from '../../ports/source.js';

export interface MemoryEventLog extends EventLog {
  /** What is held right now: open replies, and events of all of them. */
  readonly size: { replies: number; events: number };
}

/** The live logs of one process. */
export function createMemoryEventLog(): MemoryEventLog {
  const logs = new Map<string, LiveLog>();
  return {
    get size() {
      let events = 0;
      for (const log of logs.values()) events += log.unpersisted.length;
      return { replies: logs.size, events };
    },
    open(messageId) {
      const log = new LiveLog(() => logs.delete(messageId));
      logs.set(messageId, log);
      return log;
    },
    close: (messageId) => logs.get(messageId)?.close(),
    async follow(messageId, afterSeq, take, signal) {
      signal.throwIfAborted();
      const log = logs.get(messageId);
      return log ? log.follow(afterSeq, take, signal) : 'closed';
    },
  };
}

class LiveLog implements OpenLog {
  readonly unpersisted: StreamEvent[] = [];
  /** Storage has everything up to and including this one. */
  persistedSeq = 0;
  isClosed = false;
  /** Replaced, never changed: one that is fed may make another leave. */
  #followers: readonly Follower[] = [];
  readonly #handleClose: () => void;

  constructor(handleClose: () => void) {
    this.#handleClose = handleClose;
  }

  append(events: readonly StreamEvent[]): void {
    if (this.isClosed) return;
    for (const event of events) this.unpersisted.push(event);
    for (const follower of this.#followers) follower.feed();
  }

  release(seq: number): void {
    if (seq <= this.persistedSeq) return;
    this.unpersisted.splice(0, seq - this.persistedSeq);
    this.persistedSeq = seq;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#handleClose();
    for (const follower of this.#followers) follower.feed();
  }

  follow(afterSeq: number, take: Take<StreamEvent>, signal: AbortSignal): Promise<FollowEnd> {
    return new Promise((resolve, reject) => {
      const follower = new Follower(this, afterSeq, take, (end) => {
        this.#followers = this.#followers.filter((other) => other !== follower);
        signal.removeEventListener('abort', handleAbort);
        if ('why' in end) resolve(end.why);
        else reject(end.error as Error);
      });
      const handleAbort = () => follower.end({ error: signal.reason });
      this.#followers = [...this.#followers, follower];
      signal.addEventListener('abort', handleAbort, { once: true });
      follower.feed();
    });
  }
}

/** Why a follower is told nothing more: with an error where it failed, or left. */
type End = { why: FollowEnd } | { error: unknown };

/** A reader of a live log, and its place. */
class Follower {
  readonly #log: LiveLog;
  readonly #take: Take<StreamEvent>;
  readonly #handleEnd: (end: End) => void;
  #seq: number;
  #isBusy = false;
  #isGone = false;

  constructor(
    log: LiveLog,
    afterSeq: number,
    take: Take<StreamEvent>,
    handleEnd: (end: End) => void,
  ) {
    this.#log = log;
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
    const log = this.#log;
    // It may leave while it is busy, or because of what it is given.
    while (!this.#isBusy && !this.#isGone) {
      if (this.#seq < log.persistedSeq) return this.end({ why: 'behind' });
      const news = log.unpersisted.slice(this.#seq - log.persistedSeq);
      const last = news.at(-1);
      if (!last) return log.isClosed ? this.end({ why: 'closed' }) : undefined;
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
