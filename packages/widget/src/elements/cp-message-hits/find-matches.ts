/** A letter with the marks on it: what folding may merge or split, but never across. */
const LETTERS = /\P{M}\p{M}*|\p{M}+/gsu;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC');

/**
 * Where what was searched for stands in a text, without case and as the server compares: the whole
 * of the query, or where that is nowhere its words.
 *
 * @returns ranges as {@link splitMatches} takes them
 */
export function findMatches(text: string, query: string): [start: number, end: number][] {
  let folded = '';
  // For every unit of the folded text, the letter it came from.
  const letters: [start: number, end: number][] = [];
  for (const { 0: letter, index } of text.matchAll(LETTERS)) {
    const plain = fold(letter);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) letters.push([index, index + letter.length]);
  }
  const whole = fold(query.trim());
  const wanted = folded.includes(whole) ? [whole] : whole.split(/\s+/u);
  return wanted.filter(Boolean).flatMap((words) => {
    const ranges: [number, number][] = [];
    for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
      ranges.push([letters[at]?.[0] ?? 0, letters[at + words.length - 1]?.[1] ?? text.length]);
    }
    return ranges;
  });
}
