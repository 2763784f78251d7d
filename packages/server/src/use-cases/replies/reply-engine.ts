import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Broadcaster } from '../../ports/broadcaster.js';
import type { Clock } from '../../ports/clock.js';
import type { EventLog } from '../../ports/event-log.js';
import type { Logger } from '../../ports/logger.js';
import type { MessageStorage, ReplyStorage } from '../../ports/message-storage.js';
import type { TokenCounter } from '../../ports/token-counter.js';
import { endReply } from './end-reply.js';
import { createPreparePrompt } from './prepare-prompt.js';
import { readEvents } from './read-events.js';
import { recoverReplies } from './recover-replies.js';
import { createReplyPersister } from './reply-persister.js';
import { createReplyRun, haltRun, type ReplyJob, type ReplyRun } from './reply-run.js';
import type { ReplyOutcome } from './reply-state.js';
import { publish, writeReply } from './write-reply.js';

/** What a reply became, for what is done after it (its chat's title). */
export interface EndedReply {
  job: ReplyJob;
  outcome: ReplyOutcome;
  content: string;
  hasReasoning: boolean;
}

export interface ReplyEngineDeps {
  storage: ReplyStorage & Pick<MessageStorage, 'findMessage' | 'listBranch'>;
  eventLog: EventLog;
  broadcaster: Broadcaster;
  tokenCounter: TokenCounter;
  clock: Clock;
  logger: Logger;
  /** Stays the same when this node restarts, and differs from every other node's. */
  nodeId: string;
  /** How often new text is saved, in milliseconds; 250 by default. */
  persistIntervalMs?: number;
  /** How often a silent reply shows that its writer lives, in milliseconds; 5,000 by default. */
  heartbeatMs?: number;
  /** Silence after which a reply's writer is taken for dead, in milliseconds; 30,000 by default. */
  abandonedAfterMs?: number;
  /** Called once a reply has ended; what it does outlives the reply, until the engine closes. */
  afterReply?: (ended: EndedReply, signal: AbortSignal) => Promise<void>;
}

export interface ReplyEngine {
  /** False once draining has begun: what is recorded now would find no writer. */
  readonly isAccepting: boolean;
  /** Begins to write a recorded reply. Returns at once; failures end the reply, not the caller. */
  start(job: ReplyJob): void;
  /**
   * A reply's events after `afterSeq` up to its ending one, from memory or from storage. Any number
   * of readers may read at once; each leaves by itself or by `signal`, and the reply goes on.
   */
  read(
    reply: { ownerId: string; messageId: string },
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncIterable<StreamEvent>;
  /** Stops a reply; resolves once that is saved. @returns whether it was stopped here and by this */
  stop(messageId: string): Promise<boolean>;
  /** Stops whatever is being written in a chat. */
  stopChat(chatId: string): Promise<void>;
  /** Takes no more work, lets replies finish for `deadlineMs`, then interrupts the rest. */
  drain(deadlineMs: number): Promise<void>;
  /**
   * Ends replies without a writer: at the first call those this node left when it last stopped, and
   * always those whose writer has been silent for too long. @returns how many
   */
  recover(): Promise<number>;
  /** Interrupts everything at once. */
  close(): Promise<void>;
}

const PERSIST_INTERVAL_MS = 250;
const HEARTBEAT_MS = 5_000;
const ABANDONED_AFTER_MS = 30_000;

/** Writes replies: each a job with a life of its own, whoever reads it or does not. */
export function createReplyEngine(deps: ReplyEngineDeps): ReplyEngine {
  const { storage, eventLog, broadcaster, clock, logger, nodeId, tokenCounter } = deps;
  const persister = createReplyPersister({
    ...{ storage, eventLog, clock, logger, nodeId },
    intervalMs: deps.persistIntervalMs ?? PERSIST_INTERVAL_MS,
    heartbeatMs: deps.heartbeatMs ?? HEARTBEAT_MS,
  });
  const preparePrompt = createPreparePrompt({ storage, tokenCounter });
  const running = new Map<string, { run: ReplyRun; done: Promise<void> }>();
  const afterwards = new Set<Promise<void>>();
  const closing = new AbortController();
  let isAccepting = true;
  let hasRecoveredOwn = false;

  async function live(run: ReplyRun): Promise<void> {
    const outcome = await writeReply({ eventLog, persister, preparePrompt, clock, logger }, run);
    await endReply(
      { storage, eventLog, persister, broadcaster, tokenCounter, clock, logger },
      run,
      outcome,
    );
    running.delete(run.job.reply.id);
    follow(run, outcome);
  }

  function follow({ job, content, reasoning }: ReplyRun, outcome: ReplyOutcome): void {
    if (!deps.afterReply) return;
    const ended = { job, outcome, content: content.toString(), hasReasoning: reasoning.length > 0 };
    const task = deps
      .afterReply(ended, closing.signal)
      .catch((error: unknown) => logger.warn({ err: error }, 'what follows a reply failed'))
      .finally(() => afterwards.delete(task));
    afterwards.add(task);
  }

  async function halt(
    matches: (run: ReplyRun) => boolean,
    reason: 'stopped' | 'interrupted',
  ): Promise<ReplyRun[]> {
    const halted = [...running.values()].filter(({ run }) => matches(run));
    for (const { run } of halted) haltRun(run, reason);
    await Promise.all(halted.map(({ done }) => done));
    return halted.map(({ run }) => run);
  }

  async function finishAll(): Promise<void> {
    while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
    await Promise.all(afterwards);
  }

  async function close(): Promise<void> {
    isAccepting = false;
    closing.abort();
    await halt(() => true, 'interrupted');
    await finishAll();
    persister.close();
  }

  return {
    get isAccepting() {
      return isAccepting;
    },
    start(job) {
      const { run, start } = createReplyRun(job, clock.now());
      eventLog.open(job.reply.id);
      publish(eventLog, run, start);
      persister.add(run);
      running.set(job.reply.id, { run, done: live(run) });
      broadcaster.publish(job.reply.ownerId, {
        event: 'reply_started',
        data: { chat_id: job.reply.chatId, message_id: job.reply.id },
      });
    },
    read: (reply, afterSeq, signal) => readEvents({ storage, eventLog }, reply, afterSeq, signal),
    async stop(messageId) {
      const [run] = await halt(({ job }) => job.reply.id === messageId, 'stopped');
      return run?.outcome?.status === 'stopped';
    },
    async stopChat(chatId) {
      await halt(({ job }) => job.reply.chatId === chatId, 'stopped');
    },
    async drain(deadlineMs) {
      isAccepting = false;
      let deadline: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (deadline = setTimeout(resolve, deadlineMs)));
      await Promise.race([finishAll(), late]);
      clearTimeout(deadline);
      await close();
    },
    async recover() {
      const now = clock.now();
      const silentSince = now - (deps.abandonedAfterMs ?? ABANDONED_AFTER_MS);
      const recoverDeps = { storage, broadcaster, clock, logger };
      const silent = await recoverReplies(recoverDeps, silentSince, isOrphan);
      if (hasRecoveredOwn) return silent;
      hasRecoveredOwn = true;
      const own = await recoverReplies(
        recoverDeps,
        now + 1,
        (reply) => reply.nodeId === nodeId && isOrphan(reply),
      );
      return silent + own;
    },
    close,
  };

  function isOrphan(reply: { messageId: string }): boolean {
    return !running.has(reply.messageId);
  }
}
