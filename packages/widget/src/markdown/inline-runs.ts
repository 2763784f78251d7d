import type { Span } from './delimiters.js';
import { InlineOutline, type Solid } from './inline-outline.js';

/**
 * Longest text tokenised in one go, in UTF-16 units. Emphasis and addresses can take time with the
 * square of their text's length; in pieces it grows with the length alone. Only a paragraph of more
 * than 600 words is ever cut.
 */
export const MAX_INLINE_RUN = 4_000;

/** Marks open at a cut are closed and opened again; more of them than this nobody writes. */
const MAX_CARRIED = 16;
/** Room in a run for those, and for a mark that must not be cut in two. */
const RESERVE = 4 * MAX_CARRIED;
/** Longer code is cut inside. */
const MAX_SOLID = MAX_INLINE_RUN / 2;
/** An address with nothing in it that a tokeniser could stumble over: an embedded picture's, say. */
const PLAIN_LINK = /^!?\[[^[\]]{0,500}\]\([^\s()[\]`<\\]*\)$/;
const LOW_SURROGATE = /^[\uDC00-\uDFFF]/;

/**
 * Text in pieces short enough to tokenise. No link, code or formula is cut, and marks that span a cut
 * are closed before and opened again after it, so that the pieces together show what the whole would.
 */
export function* inlineRuns(source: string): Iterable<string> {
  if (source.length <= MAX_INLINE_RUN) {
    yield source;
    return;
  }
  const outline = new InlineOutline(source);
  const cutter = new Cutter(source, { solids: outline.solids, spans: outline.spans() });
  let start = 0;
  let opening: string[] = [];
  for (;;) {
    const end = cutter.endOfRun(start, MAX_INLINE_RUN - RESERVE);
    const carried = end < source.length ? cutter.openAt(end) : [];
    yield closed(opening.join('') + source.slice(start, end), carried.toReversed());
    if (end === source.length) return;
    start = end;
    opening = carried;
  }
}

/** Chooses where to cut, in time that grows with the text for each cut. */
class Cutter {
  readonly #solids: readonly Solid[];
  readonly #spans: readonly Span[];

  constructor(
    private readonly source: string,
    { solids, spans }: { solids: readonly Solid[]; spans: readonly Span[] },
  ) {
    const code = solids.flatMap((solid) => longCode(source, solid));
    const cuttable = new Set(code.map(({ start }) => start));
    this.#solids = solids.filter(({ start }) => !cuttable.has(start));
    this.#spans = [...spans, ...code].sort((left, right) => left.start - right.start);
  }

  endOfRun(start: number, limit: number): number {
    const { source } = this;
    if (source.length - start <= limit) return source.length;
    const space = source.lastIndexOf(' ', start + limit - 1) + 1;
    const end = space > start ? space : betweenCharacters(source, start + limit);
    const solid = this.#solids.find((one) => one.start < end && end < one.end);
    if (solid === undefined) return this.#besideMarks(start, end);
    if (solid.start > start) return this.#besideMarks(start, solid.start);
    return PLAIN_LINK.test(source.slice(solid.start, solid.end)) ? solid.end : end;
  }

  /** Marks open at a place, the outermost first. */
  openAt(end: number): string[] {
    return this.#spans
      .filter((span) => span.start < end && span.end >= end)
      .slice(0, MAX_CARRIED)
      .map(({ marker }) => marker);
  }

  /** Neither within a mark nor on its inner side, where nothing would be left to mark. */
  #besideMarks(start: number, cut: number): number {
    let end = cut;
    for (const span of this.#spans) {
      const { length } = span.marker;
      if (span.end <= end && end < span.end + length) end = span.end + length;
    }
    for (const span of this.#spans.toReversed()) {
      const isInside = span.start < end && end <= span.start + span.marker.length;
      if (isInside && span.start > start) end = span.start;
    }
    return end;
  }
}

/** Code too long to be left whole, as a marked passage. */
function longCode(source: string, { start, end }: Solid): Span[] {
  if (end - start <= MAX_SOLID || source.charAt(start) !== '`') return [];
  const [marker = ''] = /^`+/.exec(source.slice(start, end)) ?? [];
  return [{ marker, start, end: end - marker.length }];
}

function betweenCharacters(source: string, end: number): number {
  const isInside = LOW_SURROGATE.test(source.charAt(end)) || source.charAt(end - 1) === '\\';
  return isInside ? end - 1 : end;
}

/** A mark closes only right after a word: spaces at the end come after it. */
function closed(text: string, markers: readonly string[]): string {
  if (markers.length === 0) return text;
  const words = text.trimEnd();
  return words + markers.join('') + text.slice(words.length);
}
