import { setTimeout as delay } from 'node:timers/promises';
import type { ReplyError, ReplyMetrics, StreamEvent } from '@chat-playground/sdk/protocol';
import { presentMessage } from '../../domain/present.js';
import { isDomainError } from '../../domain/domain-error.js';
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
import type { UnsavedEndings } from './unsaved-endings.js';
import {
  endingEvent,
  isCounted,
  measureReply,
  type FinalStatus,
  type ReplyOutcome,
} from './reply-state.js';

/** Waits between attempts to save an ending, in milliseconds; the last goes on. */
const SAVE_RETRIES_MS = [100, 400, 1_000];
/** Attempts of an ending that there is no room or no time to wait with; then recovery ends it. */
const LAST_ATTEMPTS = 4;
const BYTES_PER_UNIT = 2;

/** Of what the provider has counted nothing is counted again. */
const NOT_COUNTED = { promptTokens: 0, completionTokens: 0 };

export interface EndReplyDeps {
  storage: ReplyStorage & Pick<MessageStorage, 'findMessage'> & Pick<UsageStorage, 'recordUsage'>;
  persister: ReplyPersister;
  broadcaster: Broadcaster;
  tokenCounter: TokenCounter;
  clock: Clock;
  logger: Logger;
  unsaved: UnsavedEndings;
  /** How long readers wait for an ending that is not saved, in milliseconds; 10,000 by default. */
  readerPatienceMs?: number | undefined;
  /** Aborts when the process is about to end: no ending waits any longer. */
  closing: AbortSignal;
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
  const ending = {
    messageId: run.job.reply.id,
    status: outcome.status,
    content: run.content.toString(),
    reasoning: run.reasoning.toString(),
    error: 'error' in outcome ? outcome.error : null,
    ...facts,
    events: [...run.log.unpersisted, event],
    at,
  };
  const saved = await save(deps, run, usageOf(run, metrics, at), ending);
  if (saved === 'saved') endLog(run, event);
  if (saved === 'failed')
    endLog(run, unsavedEvent(run, 'The end of this reply could not be saved.'));
  if (saved === 'lost') run.log.close();
  if (saved === 'saved') await tellOwner(deps, run.job.reply, outcome.status);
}

/** Tells those who read along; once. */
function endLog(run: ReplyRun, event: StreamEvent): void {
  if (run.isTold) return;
  run.isTold = true;
  run.log.append([event]);
  run.log.close();
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
 * Tries until storage takes it: a reply that was read whole is not stored as a part of it because a
 * disk was full for a minute. Its readers have all of the text; after ten seconds without an ending
 * they are told that it is not saved yet, and hear of it by the socket once it is.
 *
 * What was spent comes first: cut short in between, the reply ends as interrupted by someone else,
 * who does not know what it cost.
 *
 * @returns `lost`: someone else, taking this node for dead, ended it first
 */
async function save(
  deps: EndReplyDeps,
  run: ReplyRun,
  usage: UsageEntry | null,
  ending: ReplyEnding,
): Promise<'saved' | 'lost' | 'failed'> {
  const { closing, logger, unsaved, readerPatienceMs = READER_PATIENCE_MS } = deps;
  const fields = { message_id: ending.messageId };
  const since = performance.now();
  const bytes = (ending.content.length + ending.reasoning.length) * BYTES_PER_UNIT;
  for (let attempt = 1, last = Infinity; attempt <= last; attempt += 1) {
    const saved = await trySave(deps, run, attempt, usage, ending);
    if (saved !== 'failed') {
      if (attempt > 1) logger.warn({ ...fields, attempt }, 'the ending of a reply is saved now');
      unsaved.release(ending.messageId);
      return saved;
    }
    run.delay();
    const mayWait = run.isStorageAway && !closing.aborted;
    const hasRoom = mayWait && unsaved.hold(ending.messageId, bytes);
    last = hasRoom ? Infinity : Math.min(last, attempt + LAST_ATTEMPTS);
    if (attempt < last) await pause(attempt, closing);
    const isLate = performance.now() - since >= readerPatienceMs;
    if (hasRoom && isLate) endLog(run, unsavedEvent(run, NOT_SAVED_YET));
  }
  logger.error({ ...fields, characters: ending.content.length }, 'a reply is given up unsaved');
  unsaved.release(ending.messageId);
  return 'failed';
}

/** Text is worth more than what is known of it: if that is refused, it is left out. */
async function trySave(
  { storage, logger }: EndReplyDeps,
  run: ReplyRun,
  attempt: number,
  usage: UsageEntry | null,
  ending: ReplyEnding,
): Promise<'saved' | 'lost' | 'failed'> {
  const isPlain = attempt > LAST_ATTEMPTS && !run.isStorageAway;
  try {
    if (usage && !isPlain) await storage.recordUsage(usage);
    const won = await storage.endReply(isPlain ? { ...ending, metrics: null } : ending);
    return won ? 'saved' : 'lost';
  } catch (error) {
    if (attempt === 1) logger.error({ err: error, message_id: ending.messageId }, UNSAVED);
    run.isStorageAway = isDomainError(error) && error.code === 'storage_unavailable';
    return 'failed';
  }
}

/** How long readers wait for an ending that is not saved, in milliseconds. */
const READER_PATIENCE_MS = 10_000;
const NOT_SAVED_YET =
  'The reply is whole but not saved yet: the database does not take it. It is tried again until it does.';
const UNSAVED = 'the ending of a reply could not be saved; it is tried again';

/** Once the process is about to end it hurries, so that it may still try. */
async function pause(attempt: number, closing: AbortSignal): Promise<void> {
  const waitMs = SAVE_RETRIES_MS[attempt - 1] ?? SAVE_RETRIES_MS.at(-1);
  if (closing.aborted) return delay(waitMs);
  await delay(waitMs, undefined, { signal: closing }).catch(() => undefined);
}

function unsavedEvent(run: ReplyRun, message: string): StreamEvent {
  const error: ReplyError = { code: 'storage_unavailable', message, retryable: true };
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
