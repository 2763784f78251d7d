/** Where a reply ends that does not end by itself: as if its length limit were reached. */
export interface ReplyBounds {
  /** Longest text, in UTF-16 code units; 600,000 by default, some 150,000 tokens. */
  maxCharacters: number;
  /** Longest thoughts, in the same. */
  maxReasoningCharacters: number;
  /** Longest time from the request to the provider, in milliseconds; an hour by default. */
  maxMs: number;
}

export const DEFAULT_REPLY_BOUNDS: ReplyBounds = {
  maxCharacters: 600_000,
  maxReasoningCharacters: 600_000,
  maxMs: 3_600_000,
};

/** The beginning of a text that fits, with no character cut. */
export function fitting(text: string, room: number): string {
  if (text.length <= room) return text;
  return text.slice(0, Math.max(0, room)).replace(/[\ud800-\udbff]$/, '');
}
