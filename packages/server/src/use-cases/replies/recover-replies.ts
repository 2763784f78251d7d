import { setImmediate as nextTick } from 'node:timers/promises';
import { isEndingEvent, type StreamEvent } from '@chat-playground/sdk/protocol';
import { isDomainError } from '../../domain/domain-error.js';
import type { Broadcaster } from '../../ports/broadcaster.js';
import type { Clock } from '../../ports/clock.js';
import type { EventLog } from '../../ports/event-log.js';
import type { Logger } from '../../ports/logger.js';
import type { MessageStorage, ReplyStorage, RunningReply } from '../../ports/message-storage.js';
import { tellOwner } from './end-reply.js';
import { fitting } from './reply-bounds.js';
import { endingEvent, startEvent } from './reply-state.js';
import { TextBuffer } from './text-buffer.js';
import { interruption } from './write-reply.js';

const BATCH_SIZE = 200;
const PAGE_SIZE = 1_000;
/** Longer than any reply is let become, in UTF-16 code units. */
const MAX_RECOVERED_LENGTH = 2_000_000;

export interface RecoverDeps {
  storage: ReplyStorage & Pick<MessageStorage, 'findMessage'>;
  /** Where readers of the dead writer's live log may still wait. */
  eventLog: Pick<EventLog, 'close'>;
  broadcaster: Broadcaster;
  clock: Clock;
  logger: Logger;
}

/**
 * Ends replies nobody writes any more: their text so far stays, their status becomes `interrupted`.
 * By compare-and-set, so that many nodes may do it at once and the true writer wins if it lives.
 *
 * @param beatBefore replies whose heart last beat before then, in milliseconds since the epoch
 * @param isAbandoned which of them, for those whose heart may just be young
 * @returns how many were ended
 */
export async function recoverReplies(
  deps: RecoverDeps,
  beatBefore: number,
  isAbandoned: (reply: RunningReply) => boolean,
): Promise<number> {
  let count = 0;
  for (;;) {
    const found = await deps.storage.listAbandonedReplies(beatBefore, BATCH_SIZE);
    const abandoned = found.filter(isAbandoned);
    let ended = 0;
    for (const reply of abandoned) {
      if (await tryInterrupt(deps, reply)) ended += 1;
    }
    count += ended;
    if (ended === 0 || found.length < BATCH_SIZE) break;
  }
  if (count > 0) deps.logger.warn({ replies: count }, 'replies without a writer were interrupted');
  return count;
}

/** One that can't be recovered keeps no other from it. */
async function tryInterrupt(deps: RecoverDeps, reply: RunningReply): Promise<boolean> {
  try {
    return await interrupt(deps, reply);
  } catch (error) {
    if (isDomainError(error) && error.code === 'storage_unavailable') throw error;
    deps.logger.error({ err: error, message_id: reply.messageId }, 'a reply cannot be recovered');
    return false;
  }
}

async function interrupt(deps: RecoverDeps, running: RunningReply): Promise<boolean> {
  const { messageId, ownerId, chatId } = running;
  const soFar = await readLog(deps.storage, messageId);
  const message = await deps.storage.findMessage(ownerId, messageId);
  const events: StreamEvent[] = [];
  if (soFar.seq === 0 && message) {
    events.push(startEvent({ ...message, messageId, model: message.model ?? '' }));
  }
  const seq = soFar.seq + events.length;
  const error = interruption(soFar.content !== '');
  const facts = { metrics: null, parameters: message?.parameters ?? null };
  const outcome = { status: 'interrupted', error } as const;
  if (!soFar.hasEnded) events.push(endingEvent({ messageId, seq }, outcome, facts));
  const won = await deps.storage.endReply({
    messageId,
    status: 'interrupted',
    content: soFar.content,
    reasoning: soFar.reasoning,
    error,
    ...facts,
    events,
    at: deps.clock.now(),
  });
  if (!won) return false;
  deps.eventLog.close(messageId);
  await tellOwner(deps, { id: messageId, chatId, ownerId }, 'interrupted');
  return true;
}

/**
 * What the log holds, put together, up to the length of a message: by pages, with other work in
 * between, so that a log without end is neither held nor holds up the start.
 */
async function readLog(storage: ReplyStorage, messageId: string) {
  const content = new TextBuffer();
  const reasoning = new TextBuffer();
  let seq = 0;
  let hasEnded = false;
  for (;;) {
    const events = await storage.listReplyEvents(messageId, seq, PAGE_SIZE);
    for (const event of events) {
      if (event.seq <= seq) continue;
      seq = event.seq;
      hasEnded = isEndingEvent(event);
      if (event.event === 'text-delta') content.append(within(content, event.data.delta));
      if (event.event === 'reasoning-delta') reasoning.append(within(reasoning, event.data.delta));
      if (event.event === 'text-is-reasoning') reasoning.append(content.cut(event.data.length));
    }
    if (events.length < PAGE_SIZE) break;
    await nextTick();
  }
  return { seq, hasEnded, content: content.toString(), reasoning: reasoning.toString() };
}

function within(text: TextBuffer, delta: string): string {
  return fitting(delta, MAX_RECOVERED_LENGTH - text.length);
}
