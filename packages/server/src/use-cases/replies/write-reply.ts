import { adjustApplied } from '../../domain/negotiate-parameters.js';
import { isDomainError } from '../../domain/domain-error.js';
import type { ReplyError } from '@chat-playground/sdk/protocol';
import type { CompletionEvent } from '../../ports/model-provider.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { Take } from '../../ports/source.js';
import type { PreparePrompt } from './prepare-prompt.js';
import { createTextCleaner, pieces } from './clean-text.js';
import { textLength, type ReplyPersister } from './reply-persister.js';
import { fitting, type ReplyBounds } from './reply-bounds.js';
import { haltRun, type ReplyRun } from './reply-run.js';
import { emptyReplyError } from './empty-reply.js';
import {
  applyCompletionEvent,
  applyPrefix,
  moveToReasoning,
  type ReplyOutcome,
} from './reply-state.js';
import type { StreamEvent } from '@chat-playground/sdk/protocol';

export interface WriteReplyDeps {
  persister: ReplyPersister;
  preparePrompt: PreparePrompt;
  clock: Clock;
  logger: Logger;
  bounds: ReplyBounds;
}

/** Asks the provider and passes on what it says, until it ends in one way or another. Never throws. */
export async function writeReply(deps: WriteReplyDeps, run: ReplyRun): Promise<ReplyOutcome> {
  try {
    const prepared = await deps.preparePrompt(run.job);
    run.prompt = prepared.messages;
    run.negotiated = prepared.negotiated;
    run.controller.signal.throwIfAborted();
    await readInTime(deps, run);
    return haltedOutcome(run) ?? wholeOutcome(run);
  } catch (error) {
    return haltedOutcome(run) ?? { status: 'error', error: replyErrorOf(deps, run, error) };
  }
}

/** A provider that goes on for ever is left, and what it has said is kept. */
async function readInTime(deps: WriteReplyDeps, run: ReplyRun): Promise<void> {
  const timer = setTimeout(() => haltRun(run, 'full'), deps.bounds.maxMs);
  try {
    await readCompletion(deps, run);
  } finally {
    clearTimeout(timer);
  }
}

async function readCompletion(deps: WriteReplyDeps, run: ReplyRun): Promise<void> {
  const { bounds, clock, persister } = deps;
  const { job, negotiated, controller } = run;
  const request = { model: job.model.id, messages: run.prompt, parameters: negotiated.wire };
  const text = createTextCleaner();
  const reasoning = createTextCleaner();
  run.state = { ...run.state, requestedAt: clock.now() };
  const handleEvents: Take<CompletionEvent> = (batch) => {
    if (run.halted !== null) return undefined;
    const at = clock.now();
    const told: StreamEvent[] = [];
    for (const event of batch) {
      if (event.type === 'text') {
        tellPieces(run, 'text', text.push(event.text), at, told, bounds);
      } else if (event.type === 'reasoning') {
        tellPieces(run, 'reasoning', reasoning.push(event.text), at, told, bounds);
      } else if (event.type === 'text-is-reasoning') {
        tellPieces(run, 'text', text.flush(), at, told, bounds);
        tellMove(run, told);
      } else if (event.type === 'adjusted') {
        const applied = adjustApplied(run.negotiated.applied, event.adjustments);
        run.negotiated = { ...run.negotiated, applied };
      } else {
        tell(run, event, at, told);
      }
    }
    publish(run, told);
    return persister.admit(run);
  };
  try {
    await job.provider.complete(request, handleEvents, controller.signal);
  } finally {
    const at = clock.now();
    const told: StreamEvent[] = [];
    tellPieces(run, 'reasoning', reasoning.flush(), at, told, bounds);
    tellPieces(run, 'text', text.flush(), at, told, bounds);
    publish(run, told);
  }
}

function tellPieces(
  run: ReplyRun,
  type: 'text' | 'reasoning',
  texts: readonly string[],
  at: number,
  told: StreamEvent[],
  { maxCharacters, maxReasoningCharacters }: ReplyBounds,
): void {
  const buffer = type === 'text' ? run.content : run.reasoning;
  const most = type === 'text' ? maxCharacters : maxReasoningCharacters;
  for (const whole of texts) {
    const text = fitting(whole, most - buffer.length);
    if (text !== '') {
      buffer.append(text);
      tell(run, { type, text }, at, told);
    }
    if (text.length === whole.length) continue;
    haltRun(run, 'full');
    return;
  }
}

/** What this reply itself has said so far was thought; what it goes on from stays. */
function tellMove(run: ReplyRun, told: StreamEvent[]): void {
  const length = run.content.length - (run.job.continues?.content.length ?? 0);
  if (length === 0) return;
  run.reasoning.append(run.content.cut(length));
  const next = moveToReasoning(run.state, length);
  run.state = next.state;
  if (next.event) told.push(next.event);
}

/** Moves the reply on, and adds what its readers are to be told of that. */
function tell(run: ReplyRun, event: CompletionEvent, at: number, told: StreamEvent[]): void {
  const next = applyCompletionEvent(run.state, event, at);
  run.state = next.state;
  if (next.event) told.push(next.event);
}

/** Begins a reply with the text of the one it continues, so that its log is whole by itself. */
export function publishPrefix(run: ReplyRun): void {
  for (const text of pieces(run.job.continues?.content ?? '')) {
    run.content.append(text);
    const next = applyPrefix(run.state, text);
    run.state = next.state;
    if (next.event) publish(run, [next.event]);
  }
}

/** Shows events to live readers, all at once; storage gets them with the next write. */
export function publish(run: ReplyRun, events: readonly StreamEvent[]): void {
  if (events.length === 0) return;
  for (const event of events) run.unpersistedLength += textLength(event);
  run.log.append(events);
}

/** An answer without a word is shown as what it is: none. */
function wholeOutcome(run: ReplyRun): ReplyOutcome {
  const begin = run.job.continues?.content.length ?? 0;
  const isEmpty = run.content.toString().slice(begin).trim() === '';
  if (!isEmpty) return { status: 'complete' };
  // To go on from a whole text may add nothing to it.
  if (begin > 0 && run.state.finishReason !== null) return { status: 'complete' };
  const { finishReason } = run.state;
  return { status: 'error', error: emptyReplyError(finishReason, run.reasoning.length > 0) };
}

function haltedOutcome(run: ReplyRun): ReplyOutcome | null {
  switch (run.halted) {
    case null:
      return null;
    case 'stopped':
      return { status: 'stopped' };
    case 'full':
      run.state = { ...run.state, finishReason: 'length' };
      return wholeOutcome(run);
    case 'interrupted':
      return { status: 'interrupted', error: interruption(run.content.length > 0) };
  }
}

/** What a reply says that its server left before it was whole. */
export function interruption(hasText: boolean): ReplyError {
  return {
    code: 'interrupted',
    message: withKeptText('The server stopped before the reply was finished.', hasText),
    retryable: true,
  };
}

function replyErrorOf(deps: WriteReplyDeps, run: ReplyRun, error: unknown): ReplyError {
  const hasText = run.content.length > 0;
  if (isDomainError(error)) {
    return {
      code: error.code,
      message: withKeptText(error.message, hasText),
      retryable: error.retryable,
      ...(error.retryAfterSeconds === undefined ? {} : { retry_after: error.retryAfterSeconds }),
    };
  }
  deps.logger.error({ err: error, message_id: run.job.reply.id }, 'a reply failed unexpectedly');
  const message = withKeptText('Something went wrong while the reply was written.', hasText);
  return { code: 'internal', message, retryable: true };
}

function withKeptText(message: string, hasText: boolean): string {
  return hasText ? `${message} What was written so far is kept.` : message;
}
