import { setTimeout as delay } from 'node:timers/promises';
import { isEndingEvent, isFinalStatus, type StreamEvent } from '@chat-playground/sdk/protocol';
import { notFound } from '../../domain/domain-error.js';
import type { Message } from '../../domain/message.js';
import type { EventLog } from '../../ports/event-log.js';
import type { MessageStorage, ReplyStorage } from '../../ports/message-storage.js';
import type { Take } from '../../ports/source.js';
import { endingEvent, startEvent, type ReplyOutcome } from './reply-state.js';

/** Events read from storage at a time: what a slow reader holds at most. */
const PAGE_SIZE = 500;
/** How often a reply that another process writes is looked at. */
const POLL_MS = 500;

interface ReadEventsDeps {
  storage: Pick<MessageStorage, 'findMessage'> & Pick<ReplyStorage, 'listReplyEvents'>;
  eventLog: EventLog;
}

/**
 * Gives a reply's events after `afterSeq`, in order, each once, up to and including the ending one:
 * from memory while it is being written here, from storage otherwise. A reader holds one batch at
 * most, however slow it is.
 *
 * @throws DomainError `not_found` when the chat is deleted meanwhile; the signal's reason
 */
export async function readEvents(
  deps: ReadEventsDeps,
  reply: { ownerId: string; messageId: string },
  afterSeq: number,
  take: Take<StreamEvent>,
  signal: AbortSignal,
): Promise<void> {
  let seq = afterSeq;
  let isEnded = false;
  const pass: Take<StreamEvent> = (events) => {
    const last = events.at(-1);
    if (!last) return undefined;
    seq = last.seq;
    isEnded = isEndingEvent(last);
    return take(events);
  };
  for (;;) {
    await deps.eventLog.follow(reply.messageId, seq, pass, signal);
    if (isEnded) return;
    await pass(eventsAfter(await readStored(deps, reply, seq, signal), seq));
    if (isEnded) return;
  }
}

/** Those past `seq`, each once. */
function eventsAfter(events: readonly StreamEvent[], seq: number): readonly StreamEvent[] {
  let last = seq;
  return events.filter((event) => {
    if (event.seq <= last) return false;
    last = event.seq;
    return true;
  });
}

/** The next page from storage, or the ending; empty when it is to be asked again. */
async function readStored(
  deps: ReadEventsDeps,
  { ownerId, messageId }: { ownerId: string; messageId: string },
  seq: number,
  signal: AbortSignal,
): Promise<StreamEvent[]> {
  const { storage } = deps;
  signal.throwIfAborted();
  const stored = await storage.listReplyEvents(messageId, seq, PAGE_SIZE);
  if (stored.length > 0) return stored;
  const message = await storage.findMessage(ownerId, messageId);
  if (!message) throw notFound('reply');
  if (!isFinalStatus(message.status)) {
    await delay(POLL_MS, undefined, { signal });
    return [];
  }
  // It may have ended between the two looks.
  const late = await storage.listReplyEvents(messageId, seq, PAGE_SIZE);
  return late.length > 0 ? late : eventsFromMessage(message, seq);
}

/**
 * A finished reply told anew from its message: whole from the beginning, otherwise its ending, for
 * a reader that saw more than a crash left behind.
 */
function eventsFromMessage(message: Message, afterSeq: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  let seq = afterSeq;
  if (afterSeq === 0) {
    events.push(startEvent({ ...message, messageId: message.id, model: message.model ?? '' }));
    seq = 1;
    const data = { message_id: message.id };
    if (message.reasoning !== '') {
      seq += 1;
      events.push({ seq, event: 'reasoning-delta', data: { ...data, delta: message.reasoning } });
    }
    if (message.content !== '') {
      seq += 1;
      events.push({ seq, event: 'text-delta', data: { ...data, delta: message.content } });
    }
  }
  events.push(endingEvent({ messageId: message.id, seq }, outcomeOf(message), message));
  return events;
}

function outcomeOf({ status, error }: Message): ReplyOutcome {
  if (status === 'complete' || status === 'stopped') return { status };
  const known = error ?? { code: 'internal', message: 'The reply failed.', retryable: true };
  return { status: status === 'interrupted' ? 'interrupted' : 'error', error: known };
}
