import { setTimeout as delay } from 'node:timers/promises';
import type { ReplyError, ReplyMetrics } from '@chat-playground/sdk/protocol';
import { presentMessage } from '../../domain/present.js';
import type { UsageEntry } from '../../domain/usage.js';
import type { Broadcaster } from '../../ports/broadcaster.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { MessageStorage, ReplyEnding, ReplyStorage } from '../../ports/message-storage.js';
import type { UsageStorage } from '../../ports/usage-storage.js';
import type { TokenCounter } from '../../ports/token-counter.js';
import { countTokens } from './count-tokens.js';
import type { ReplyPersister } from './reply-persister.js';
import type { ReplyRun } from './reply-run.js';
import {
  endingEvent,
  isCounted,
  measureReply,
  type FinalStatus,
  type ReplyOutcome,
} from './reply-state.js';

/** Waits between attempts to save an ending, in milliseconds; then it is left to recovery. */
const SAVE_RETRIES_MS = [100, 400, 1_600];

/** Of what the provider has counted nothing is counted again. */
const NOT_COUNTED = { promptTokens: 0, completionTokens: 0 };

export interface EndReplyDeps {
  storage: ReplyStorage & Pick<MessageStorage, 'findMessage'> & Pick<UsageStorage, 'recordUsage'>;
  persister: ReplyPersister;
  broadcaster: Broadcaster;
  tokenCounter: TokenCounter;
  clock: Clock;
  logger: Logger;
}

/** Saves how a reply ended and only then tells its readers and its owner's other tabs. Never throws. */
export async function endReply(
  deps: EndReplyDeps,
  run: ReplyRun,
  outcome: ReplyOutcome,
): Promise<void> {
  run.outcome = outcome;
  const metrics = await measure(deps, run, outcome);
  await deps.persister.remove(run);
  const facts = { metrics, parameters: run.negotiated.applied };
  const event = endingEvent(run.state, outcome, facts);
  const at = deps.clock.now();
  const saved = await save(deps, usageOf(run, metrics, at), {
    messageId: run.job.reply.id,
    status: outcome.status,
    content: run.content.toString(),
    reasoning: run.reasoning.toString(),
    error: 'error' in outcome ? outcome.error : null,
    ...facts,
    events: [...run.log.unpersisted, event],
    at,
  });
  if (saved === 'saved') run.log.append([event]);
  if (saved === 'failed') run.log.append([unsavedEvent(run)]);
  run.log.close();
  if (saved === 'saved') await tellOwner(deps, run.job.reply, outcome.status);
}

/** Counts what the provider did not. A reply that failed before its first word has no metrics. */
async function measure(
  deps: EndReplyDeps,
  run: ReplyRun,
  outcome: ReplyOutcome,
): Promise<ReplyMetrics | null> {
  const { state } = run;
  if ('error' in outcome && state.firstTokenAt === null) return null;
  const at = deps.clock.now();
  if (isCounted(state)) return measureReply(state, NOT_COUNTED, at);
  try {
    // What it begins with was another reply's work.
    const written = run.content.toString().slice(run.job.continues?.content.length ?? 0);
    const text = `${run.reasoning}${written}`;
    return measureReply(state, await countTokens(deps.tokenCounter, run.prompt, text), at);
  } catch (error) {
    deps.logger.error({ err: error }, 'tokens of a reply could not be counted');
    return null;
  }
}

function usageOf(run: ReplyRun, metrics: ReplyMetrics | null, at: number): UsageEntry | null {
  if (!metrics) return null;
  const { id, ownerId, model } = run.job.reply;
  return {
    messageId: id,
    kind: 'reply',
    ownerId,
    model: model ?? run.job.model.id,
    promptTokens: metrics.prompt_tokens,
    completionTokens: metrics.completion_tokens,
    createdAt: at,
  };
}

/**
 * What was spent comes first: cut short in between, the reply ends as interrupted by someone else,
 * who does not know what it cost.
 *
 * @returns `lost`: someone else, taking this node for dead, ended it first
 */
async function save(
  deps: EndReplyDeps,
  usage: UsageEntry | null,
  ending: ReplyEnding,
): Promise<'saved' | 'lost' | 'failed'> {
  for (const waitMs of [...SAVE_RETRIES_MS, null]) {
    try {
      if (usage) await deps.storage.recordUsage(usage);
      return (await deps.storage.endReply(ending)) ? 'saved' : 'lost';
    } catch (error) {
      const fields = { err: error, message_id: ending.messageId };
      deps.logger.error(fields, 'the ending of a reply could not be saved');
      if (waitMs !== null) await delay(waitMs);
    }
  }
  return 'failed';
}

function unsavedEvent(run: ReplyRun) {
  const error: ReplyError = {
    code: 'storage_unavailable',
    message: 'The end of this reply could not be saved. Reload the chat in a moment.',
    retryable: true,
  };
  return endingEvent(run.state, { status: 'error', error }, { metrics: null, parameters: null });
}

/** Tells the owner's live connections; the reply is what is stored, whoever wrote it. */
export async function tellOwner(
  deps: Pick<EndReplyDeps, 'broadcaster' | 'logger'> & {
    storage: Pick<MessageStorage, 'findMessage'>;
  },
  reply: { id: string; chatId: string; ownerId: string },
  status: FinalStatus,
): Promise<void> {
  const { broadcaster, storage } = deps;
  try {
    const message = await storage.findMessage(reply.ownerId, reply.id);
    if (message) {
      const data = { message: presentMessage(message) };
      broadcaster.publish(reply.ownerId, { event: 'message_updated', data });
    }
    const data = { chat_id: reply.chatId, message_id: reply.id, status };
    broadcaster.publish(reply.ownerId, { event: 'reply_ended', data });
  } catch (error) {
    deps.logger.warn({ err: error, message_id: reply.id }, 'the end of a reply was not announced');
  }
}
