import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { ReplyProgress, ReplyStorage } from '../../ports/message-storage.js';
import type { ReplyRun } from './reply-run.js';

/** Text a reply may have in memory only before its provider is made to wait, in UTF-16 units. */
const MAX_UNPERSISTED_LENGTH = 512 * 1024;

export interface ReplyPersister {
  add(run: ReplyRun): void;
  /** Takes the run out and waits until no write of it is under way; the rest is the caller's. */
  remove(run: ReplyRun): Promise<void>;
  /** Undefined when the run may take more text; if storage lags far behind, resolves once it may. */
  admit(run: ReplyRun): Promise<void> | undefined;
}

interface PersisterDeps {
  storage: ReplyStorage;
  clock: Clock;
  logger: Logger;
  nodeId: string;
  intervalMs: number;
  heartbeatMs: number;
}

/**
 * Writes what all running replies have gained in one go every `intervalMs`, never a write a token.
 * A failed write is tried again with the next one, together with what came since.
 */
export function createReplyPersister(deps: PersisterDeps): ReplyPersister {
  const runs = new Set<ReplyRun>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let afterTick: (() => void)[] = [];

  async function tick(): Promise<void> {
    if (writing) return;
    writing = persist(deps, runs).catch((error: unknown) => {
      deps.logger.warn(
        { err: error, replies: runs.size },
        'replies could not be saved; will retry',
      );
    });
    await writing;
    writing = null;
    const waiting = afterTick;
    afterTick = [];
    for (const wake of waiting) wake();
  }

  function schedule(): void {
    if (timer || runs.size === 0) return;
    timer = setInterval(() => void tick(), deps.intervalMs);
  }

  function unscheduleWhenIdle(): void {
    if (!timer || runs.size > 0) return;
    clearInterval(timer);
    timer = null;
    void tick();
  }

  const hasRoom = (run: ReplyRun) =>
    run.unpersistedLength <= MAX_UNPERSISTED_LENGTH || !runs.has(run) || run.halted !== null;

  async function waitForRoom(run: ReplyRun): Promise<void> {
    while (!hasRoom(run)) await new Promise<void>((resolve) => afterTick.push(resolve));
  }

  return {
    add(run) {
      runs.add(run);
      schedule();
    },
    async remove(run) {
      runs.delete(run);
      unscheduleWhenIdle();
      await writing;
    },
    admit: (run) => (hasRoom(run) ? undefined : waitForRoom(run)),
  };
}

interface Written {
  run: ReplyRun;
  events: readonly StreamEvent[];
}

async function persist(deps: PersisterDeps, runs: Iterable<ReplyRun>): Promise<void> {
  const at = deps.clock.now();
  const written: Written[] = [];
  const progress: ReplyProgress[] = [];
  const quiet: ReplyRun[] = [];
  for (const run of runs) {
    const events = run.log.unpersisted.slice();
    if (events.length > 0) {
      written.push({ run, events });
      progress.push({ messageId: run.job.reply.id, nodeId: deps.nodeId, events });
    } else if (at - run.lastBeatAt >= deps.heartbeatMs) {
      quiet.push(run);
    }
  }
  if (progress.length > 0) {
    await deps.storage.appendReplyEvents(progress, at);
    for (const one of written) markWritten(one, at);
  }
  if (quiet.length > 0) {
    const messageIds = quiet.map((run) => run.job.reply.id);
    await deps.storage.beatReplies(deps.nodeId, messageIds, at);
    for (const run of quiet) run.lastBeatAt = at;
  }
}

function markWritten({ run, events }: Written, at: number): void {
  for (const event of events) run.unpersistedLength -= textLength(event);
  run.lastBeatAt = at;
  const last = events.at(-1);
  if (last) run.log.release(last.seq);
}

/** What an event weighs in memory, roughly. */
export function textLength(event: ReplyProgress['events'][number]): number {
  return 'delta' in event.data ? event.data.delta.length : 0;
}
