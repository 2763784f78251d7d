import { foldText } from './fold-text.js';

/** Where a match is: UTF-16 offsets of its begin and of what follows it. */
export type TextRange = [start: number, end: number];

/** A letter with the marks on it: what folding may merge or split, but never across. */
const LETTERS = /\P{M}\p{M}*|\p{M}+/gsu;
/** As above, with plain letters in one piece: folding changes them one by one, whoever is beside. */
const PIECES = /[\0-\x7f]+(?!\p{M})|\P{M}\p{M}*|\p{M}+/gsu;

/** A text as it is searched: without case, letter by letter. */
export function foldForSearch(text: string): string {
  return text.replace(PIECES, foldText);
}

/** What a query asks for: its words, folded, each once. A text must hold all of them, anywhere. */
export function wordsOf(query: string): string[] {
  return [...new Set(foldForSearch(query).split(/\s+/u).filter(Boolean))];
}

/** Whether `findWords` would find them all; much cheaper where it would not. */
export function holdsWords(text: string, words: readonly string[]): boolean {
  const folded = foldForSearch(text);
  return words.every((word) => folded.includes(word));
}

/**
 * Where the words occur in a text, as ranges of the text itself, in order, overlaps joined.
 *
 * @returns null when a word is missing
 */
export function findWords(text: string, words: readonly string[]): TextRange[] | null {
  const { folded, starts, ends } = foldWithOffsets(text);
  const ranges: TextRange[] = [];
  for (const word of words) {
    let at = folded.indexOf(word);
    if (at < 0) return null;
    for (; at >= 0; at = folded.indexOf(word, at + word.length)) {
      ranges.push([starts[at] ?? 0, ends[at + word.length - 1] ?? text.length]);
    }
  }
  return joinOverlaps(ranges);
}

/** For every unit of the folded text, where the letter it came from begins and ends. */
function foldWithOffsets(text: string) {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(LETTERS)) {
    const letter = foldText(match[0]);
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
