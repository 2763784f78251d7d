import { endReply, type EndReplyDeps } from './end-reply.js';
import { createPreparePrompt } from './prepare-prompt.js';
import type { ReplyBounds } from './reply-bounds.js';
import { createReplyPersister } from './reply-persister.js';
import { createReplyRun, haltRun, type ReplyJob, type ReplyRun } from './reply-run.js';
import type { ReplyOutcome } from './reply-state.js';
import type { Message } from '../../domain/message.js';
import type { EventLog } from '../../ports/event-log.js';
import type { MessageStorage } from '../../ports/message-storage.js';
import { publish, publishPrefix, writeReply } from './write-reply.js';

/** What a reply became, for what is done after it (its chat's title). */
export interface EndedReply {
  job: ReplyJob;
  outcome: ReplyOutcome;
  content: string;
  hasReasoning: boolean;
}

interface RunningRepliesDeps extends Omit<EndReplyDeps, 'persister'> {
  eventLog: Pick<EventLog, 'open'>;
  storage: EndReplyDeps['storage'] & Pick<MessageStorage, 'listBranch'>;
  nodeId: string;
  persistIntervalMs: number;
  bounds: ReplyBounds;
  heartbeatMs: number;
  afterReply?: (ended: EndedReply, signal: AbortSignal) => Promise<void>;
}

/** The replies this process is writing, and what follows those that ended. */
export interface RunningReplies {
  start(job: ReplyJob): void;
  /** A reply that is being written here, as it was recorded. */
  find(messageId: string): Message | undefined;
  /** Aborts those that match; resolves with them once their endings are saved, or wait for storage. */
  halt(matches: (run: ReplyRun) => boolean, reason: 'stopped' | 'interrupted'): Promise<ReplyRun[]>;
  /** How many have ended and wait for storage to come back. */
  unsavedCount(): number;
  /** Resolves when nothing runs any more, nor what follows. */
  settled(): Promise<void>;
}

export function createRunningReplies(deps: RunningRepliesDeps): RunningReplies {
  const persister = createReplyPersister({ ...deps, intervalMs: deps.persistIntervalMs });
  const preparePrompt = createPreparePrompt(deps);
  const running = new Map<string, { run: ReplyRun; done: Promise<void> }>();
  const afterwards = new Set<Promise<void>>();

  async function live(run: ReplyRun): Promise<void> {
    const outcome = await writeReply({ ...deps, persister, preparePrompt }, run);
    await endReply({ ...deps, persister }, run, outcome);
    running.delete(run.job.reply.id);
    const after = followUp(deps, run, outcome).finally(() => afterwards.delete(after));
    afterwards.add(after);
  }

  return {
    start(job) {
      const log = deps.eventLog.open(job.reply.id);
      const { run, start } = createReplyRun(job, log, deps.clock.now());
      publish(run, [start]);
      publishPrefix(run);
      persister.add(run);
      deps.broadcaster.publish(job.reply.ownerId, {
        event: 'reply_started',
        data: { chat_id: job.reply.chatId, message_id: job.reply.id },
      });
      running.set(job.reply.id, { run, done: live(run) });
    },
    unsavedCount: () => deps.unsaved.count(),
    find: (messageId) => running.get(messageId)?.run.job.reply,
    async halt(matches, reason) {
      const halted = [...running.values()].filter(({ run }) => matches(run));
      for (const { run } of halted) haltRun(run, reason);
      await Promise.all(halted.map(({ run, done }) => Promise.race([done, run.delayed])));
      return halted.map(({ run }) => run);
    },
    async settled() {
      while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
      await Promise.all(afterwards);
    },
  };
}

/** Never rejects: a chat does not fail because its title did. */
async function followUp(
  deps: RunningRepliesDeps,
  { job, content, reasoning }: ReplyRun,
  outcome: ReplyOutcome,
): Promise<void> {
  const ended = { job, outcome, content: content.toString(), hasReasoning: reasoning.length > 0 };
  try {
    await deps.afterReply?.(ended, deps.closing);
  } catch (error) {
    deps.logger.warn({ err: error, chat_id: job.chat.id }, 'what follows a reply failed');
  }
}
