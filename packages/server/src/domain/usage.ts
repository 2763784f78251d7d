/** What was spent on one reply, or on the title made after it. */
export interface UsageEntry {
  /** The reply; whatever becomes of it, what it cost stays known. */
  messageId: string;
  kind: 'reply' | 'title';
  ownerId: string;
  /** Model id, as on the reply. */
  model: string;
  promptTokens: number;
  completionTokens: number;
  /** When it ended, in milliseconds since the epoch. */
  createdAt: number;
}

/** The entries of one day, model and kind together. */
export interface UsageSum extends Pick<
  UsageEntry,
  'kind' | 'model' | 'promptTokens' | 'completionTokens'
> {
  day: Day;
  /** How many entries there are. */
  count: number;
}

/** A day in UTC, as `2026-01-31`; earlier days compare as smaller. */
export type Day = string;

const DATE_LENGTH = 'yyyy-mm-dd'.length;

export function dayOf(at: number): Day {
  return new Date(at).toISOString().slice(0, DATE_LENGTH);
}
