import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Message } from '../../domain/message.js';
import type { Broadcaster } from '../../ports/broadcaster.js';
import type { Clock } from '../../ports/clock.js';
import type { EventLog } from '../../ports/event-log.js';
import type { Logger } from '../../ports/logger.js';
import type { MessageStorage, ReplyStorage, RunningReply } from '../../ports/message-storage.js';
import type { UsageStorage } from '../../ports/usage-storage.js';
import type { TokenCounter } from '../../ports/token-counter.js';
import type { Take } from '../../ports/source.js';
import { readEvents } from './read-events.js';
import { recoverReplies } from './recover-replies.js';
import { DEFAULT_REPLY_BOUNDS, type ReplyBounds } from './reply-bounds.js';
import type { ReplyJob } from './reply-run.js';
import { createUnsavedEndings } from './unsaved-endings.js';
import { createRunningReplies, type EndedReply, type RunningReplies } from './running-replies.js';

export interface ReplyEngineDeps {
  storage: ReplyStorage &
    Pick<MessageStorage, 'findMessage' | 'listBranch'> &
    Pick<UsageStorage, 'recordUsage'>;
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
  /** Where replies end that do not end by themselves. */
  bounds?: Partial<ReplyBounds> | undefined;
  /** Bytes that ended replies may hold while storage does not take them; 64 MiB by default. */
  maxUnsavedBytes?: number | undefined;
  /** How long readers wait for an ending that is not saved, in milliseconds; 10,000 by default. */
  readerPatienceMs?: number | undefined;
  /** Called once a reply has ended; what it does outlives the reply, until the engine closes. */
  afterReply?: (ended: EndedReply, signal: AbortSignal) => Promise<void>;
}

export interface ReplyEngine {
  /** False once draining has begun: what is recorded now would find no writer. */
  readonly isAccepting: boolean;
  /** Begins to write a recorded reply. Returns at once; failures end the reply, not the caller. */
  start(job: ReplyJob): void;
  /** A reply that is being written by this node, as it was recorded. */
  find(messageId: string): Message | undefined;
  /**
   * Gives a reply's events after `afterSeq` up to its ending one, from memory or from storage. Any
   * number of readers may read at once; each leaves by `signal`, and the reply goes on.
   */
  read(
    reply: { ownerId: string; messageId: string },
    afterSeq: number,
    take: Take<StreamEvent>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Stops a reply; resolves once that is saved. @returns whether it was stopped here and by this */
  stop(messageId: string): Promise<boolean>;
  /** Stops whatever is being written in a chat. */
  stopChat(chatId: string): Promise<void>;
  /** Stops whatever is being written for someone. */
  stopAllOf(ownerId: string): Promise<void>;
  /** Takes no more work, lets replies finish for `deadlineMs`, then interrupts the rest. */
  drain(deadlineMs: number): Promise<void>;
  /**
   * Ends replies without a writer: at the first call those this node left when it last stopped, and
   * always those whose writer has been silent for too long. @returns how many
   */
  recover(): Promise<number>;
  /** How many replies have ended and wait in memory for storage to come back. */
  unsavedCount(): number;
  /** Interrupts everything at once. */
  close(): Promise<void>;
}

const PERSIST_INTERVAL_MS = 250;
const HEARTBEAT_MS = 5_000;
const ABANDONED_AFTER_MS = 30_000;

/** Writes replies: each a job with a life of its own, whoever reads it or does not. */
export function createReplyEngine(deps: ReplyEngineDeps): ReplyEngine {
  const { storage, eventLog } = deps;
  const closing = new AbortController();
  const running = createRunningReplies({
    ...deps,
    closing: closing.signal,
    bounds: { ...DEFAULT_REPLY_BOUNDS, ...deps.bounds },
    unsaved: createUnsavedEndings(deps.maxUnsavedBytes),
    persistIntervalMs: deps.persistIntervalMs ?? PERSIST_INTERVAL_MS,
    heartbeatMs: deps.heartbeatMs ?? HEARTBEAT_MS,
  });
  const recovery = createRecovery(deps, running);
  let isAccepting = true;

  async function close(): Promise<void> {
    isAccepting = false;
    closing.abort();
    await running.halt(() => true, 'interrupted');
    await running.settled();
  }

  return {
    get isAccepting() {
      return isAccepting;
    },
    start: running.start,
    find: running.find,
    read: (reply, afterSeq, take, signal) =>
      readEvents({ storage, eventLog }, reply, afterSeq, take, signal),
    async stop(messageId) {
      const [run] = await running.halt(({ job }) => job.reply.id === messageId, 'stopped');
      return run?.outcome?.status === 'stopped';
    },
    async stopChat(chatId) {
      await running.halt(({ job }) => job.reply.chatId === chatId, 'stopped');
    },
    async stopAllOf(ownerId) {
      await running.halt(({ job }) => job.reply.ownerId === ownerId, 'stopped');
    },
    async drain(deadlineMs) {
      isAccepting = false;
      let deadline: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (deadline = setTimeout(resolve, deadlineMs)));
      await Promise.race([running.settled(), late]);
      clearTimeout(deadline);
      await close();
    },
    recover: recovery,
    unsavedCount: running.unsavedCount,
    close,
  };
}

/**
 * After storage was away nobody's heart has beaten: those who live get the time to say so, and to
 * save what they hold.
 */
function createRecovery(deps: ReplyEngineDeps, running: RunningReplies): () => Promise<number> {
  const { clock, nodeId, storage, abandonedAfterMs = ABANDONED_AFTER_MS } = deps;
  const begunAt = clock.now();
  let hasRecoveredOwn = false;
  let wasAway = false;
  let quietUntil = begunAt;

  async function recover(now: number): Promise<number> {
    const isOrphan = (reply: RunningReply) => !running.find(reply.messageId);
    const isQuiet = now < quietUntil;
    const silent = isQuiet ? 0 : await recoverReplies(deps, now - abandonedAfterMs, isOrphan);
    if (hasRecoveredOwn) return silent;
    const isOwn = (reply: RunningReply) => reply.nodeId === nodeId && isOrphan(reply);
    // Younger ones are this life's: recorded, and about to be started.
    const own = await recoverReplies(deps, begunAt + 1, isOwn);
    hasRecoveredOwn = true;
    return silent + own;
  }

  return async () => {
    try {
      if (wasAway) {
        await storage.listAbandonedReplies(0, 1);
        wasAway = false;
        quietUntil = clock.now() + abandonedAfterMs;
      }
      return await recover(clock.now());
    } catch (error) {
      wasAway = true;
      throw error;
    }
  };
}
