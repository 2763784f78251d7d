import type { TextRange } from './search-text.js';

/** Text before the first match: enough to see what it is about. */
const LEAD = 40;
const LENGTH = 160;
const ELLIPSIS = '…';

export interface Snippet {
  snippet: string;
  /** Matches within the snippet, cut where it is. */
  ranges: TextRange[];
}

/**
 * A part of a text around its first match, on one line, with the matches that fall into it. Cut
 * between graphemes, so that no emoji and no Thai vowel is torn apart.
 *
 * @param ranges in order
 */
export function cutSnippet(text: string, ranges: readonly TextRange[]): Snippet {
  const first = ranges[0]?.[0] ?? 0;
  const start = boundaryAtOrBefore(text, Math.max(0, first - LEAD));
  const end = boundaryAtOrBefore(text, Math.min(text.length, start + LENGTH));
  const lead = start > 0 ? ELLIPSIS : '';
  const tail = end < text.length ? ELLIPSIS : '';
  const shift = lead.length - start;
  return {
    // One unit for one: offsets stay what they are.
    snippet: lead + text.slice(start, end).replace(/\s/g, ' ') + tail,
    ranges: ranges
      .filter(([from]) => from < end)
      .map(([from, to]) => [from + shift, Math.min(to, end) + shift]),
  };
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Longer than any grapheme people write, so that only a bit of a long text is looked at. */
const WINDOW = 64;

function boundaryAtOrBefore(text: string, offset: number): number {
  if (offset <= 0 || offset >= text.length) return offset;
  const from = Math.max(0, offset - WINDOW);
  const segment = segmenter.segment(text.slice(from, offset + WINDOW)).containing(offset - from);
  return segment ? from + segment.index : offset;
}
