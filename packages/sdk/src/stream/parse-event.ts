import { asRecord, parseJson } from '../http/error-from.js';
import type { StreamEvent } from '../protocol/index.js';

/** One frame as it came. */
export interface RawEvent {
  id: string | undefined;
  event: string | undefined;
  data: string;
}

/** A known event, or only the place in the sequence of one this version knows nothing about. */
export type ParsedEvent = StreamEvent | { seq: number; event: null };

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown) => typeof value === 'string';

/** The fields a reader relies on; whatever else an event carries is passed on or ignored. */
const GUARDS: Readonly<Record<StreamEvent['event'], (data: Fields) => boolean>> = {
  'message-start': (data) => isText(data.chat_id) && isText(data.model),
  'text-delta': (data) => isText(data.delta),
  'reasoning-delta': (data) => isText(data.delta),
  'text-is-reasoning': (data) => Boolean(data.length),
  'message-end': (data) => isText(data.status) && asRecord(data.parameters) !== null,
  'message-error': (data) => isText(data.status) && isText(data.code) && isText(data.message),
};

/** @returns null for a frame that is not an event of the protocol: it breaks the stream */
export function parseEvent({ id, event = '', data }: RawEvent): ParsedEvent | null {
  const seq = Number(id);
  if (!Number.isSafeInteger(seq) || seq < 1) return null;
  if (!Object.hasOwn(GUARDS, event)) return { seq, event: null };
  const fields = asRecord(parseJson(data));
  const name = event as StreamEvent['event'];
  if (!fields || !isText(fields.message_id) || !GUARDS[name](fields)) return null;
  return { seq, event: name, data: fields } as unknown as StreamEvent;
}
