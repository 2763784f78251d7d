import { foldText } from './fold-text.js';
import type { Pause } from './turns.js';

/** Where a match is: UTF-16 offsets of its begin and of what follows it. */
export type TextRange = [start: number, end: number];

/** A letter with the marks on it: what folding may merge or split, but never across. */
const LETTERS = /\P{M}\p{M}*|\p{M}+/gsu;
/**
 * Letters that fold differently after some others: capital sigmas (at the end of a word), Korean and
 * half-width letters that join the one before. A test walks all of Unicode for more of them.
 */
const CONTEXTUAL =
  /[\u03a3\u03f9\u1160-\u11ff\u3131-\u318e\uff9e-\uffdc\u{16d63}-\u{16d6a}\u{1d6ba}\u{1d6f4}\u{1d72e}\u{1d768}\u{1d7a2}\uffff]/gu;
/** No character, so no text needs it; keeps the letters on both sides of it apart. */
const APART = '\uffff';
/** Units of a text folded and looked through without a pause: about a millisecond. */
const CHUNK_LENGTH = 16_384;
/** Units after the begin of the first match within which matches are told: more than a snippet shows. */
const WINDOW_LENGTH = 512;
/** Units few enough to be folded letter by letter. */
const FEW_LENGTH = 128;

/**
 * A text as it is searched: without case, each letter as if it stood alone, so that a part of a text
 * folds to a part of the folded text. Costs 10 ns a unit, as the text is folded as a whole.
 */
export function foldForSearch(text: string): string {
  if (text.search(CONTEXTUAL) < 0) return foldText(text);
  return foldText(text.replace(CONTEXTUAL, `${APART}$&`)).replaceAll(APART, '');
}

/** What a query asks for: its words, folded, each once. A text must hold all of them, anywhere. */
export function wordsOf(query: string): string[] {
  return [...new Set(foldForSearch(query).split(/\s+/u).filter(Boolean))];
}

/**
 * Whether a text holds all the words.
 *
 * @param text short: it is looked through in one go
 */
export function holdsWords(text: string, words: readonly string[]): boolean {
  const folded = foldForSearch(text);
  return words.every((word) => folded.includes(word));
}

/**
 * Where the words occur first, as ranges of the text itself, in order, overlaps joined: the first
 * match and those that begin within 512 units of it. A long text is looked through piece by piece,
 * as far as the place where every word has been met.
 *
 * @param pause asked after each piece; what it returns is waited for
 * @returns null when a word is missing
 */
export async function findWords(
  text: string,
  words: readonly string[],
  pause?: Pause,
): Promise<TextRange[] | null> {
  const longest = Math.max(0, ...words.map(({ length }) => length));
  const missing = new Set(words);
  const chunks: Chunk[] = [];
  let first = Infinity;
  let folded = '';
  let foldedLength = 0;
  for (let start = 0; missing.size > 0 && start < text.length;) {
    const end = letterEnd(text, start + CHUNK_LENGTH);
    chunks.push({ start, end, foldedStart: foldedLength });
    // A word may begin in the piece before.
    const kept = longest > 1 ? folded.slice(1 - longest) : '';
    const added = foldForSearch(text.slice(start, end));
    folded = kept + added;
    for (const word of missing) {
      const at = folded.indexOf(word);
      if (at < 0) continue;
      missing.delete(word);
      first = Math.min(first, foldedLength - kept.length + at);
    }
    foldedLength += added.length;
    start = end;
    await pause?.();
  }
  return missing.size > 0 ? null : rangesFrom(text, placeOf(text, chunks, first), words);
}

interface Chunk {
  start: number;
  end: number;
  foldedStart: number;
}

/** The begin of the letter that a unit of the folded text came from. */
function placeOf(text: string, chunks: readonly Chunk[], foldedAt: number): number {
  const chunk = chunks.findLast(({ foldedStart }) => foldedStart <= foldedAt);
  if (!chunk) return 0;
  let { start, end } = chunk;
  let rest = foldedAt - chunk.foldedStart;
  while (end - start > FEW_LENGTH) {
    const middle = letterEnd(text, start + ((end - start) >> 1));
    if (middle >= end) break;
    const length = foldForSearch(text.slice(start, middle)).length;
    if (rest < length) end = middle;
    else [start, rest] = [middle, rest - length];
  }
  const { starts } = foldWithOffsets(text.slice(start, end));
  return start + (starts[rest] ?? 0);
}

function rangesFrom(text: string, from: number, words: readonly string[]): TextRange[] {
  const window = text.slice(from, letterEnd(text, from + WINDOW_LENGTH));
  const { folded, starts, ends } = foldWithOffsets(window);
  const ranges: TextRange[] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      ranges.push([starts[at] ?? 0, ends[at + word.length - 1] ?? window.length]);
    }
  }
  // Letters with hundreds of marks can take the first match beyond the window.
  if (words.length > 0 && !ranges.some(([start]) => start === 0)) ranges.push([0, window.length]);
  return joinOverlaps(ranges).map(([start, end]) => [from + start, from + end]);
}

/** The end of the letter that begins before `offset`, or there. */
function letterEnd(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const isWithinPair = /[\udc00-\udfff]/.test(text[offset] ?? '');
  const marks = /\p{M}*/uy;
  const from = isWithinPair ? offset + 1 : offset;
  marks.lastIndex = from;
  return from + (marks.exec(text)?.[0].length ?? 0);
}

/** For every unit of the folded text, where the letter it came from begins and ends. */
function foldWithOffsets(text: string) {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(LETTERS)) {
    const letter = foldForSearch(match[0]);
    folded += letter;
    for (let unit = 0; unit < letter.length; unit++) {
      starts.push(match.index);
      ends.push(match.index + match[0].length);
    }
  }
  return { folded, starts, ends };
}

function joinOverlaps(ranges: TextRange[]): TextRange[] {
  const joined: TextRange[] = [];
  for (const [start, end] of ranges.sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
