/** A piece of a text, and whether it is what was searched for. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

/**
 * Cuts a text at the edges of its matches. Ranges that overlap are taken together; what lies outside
 * of the text is left out.
 *
 * @param ranges each as `[start, end]`: UTF-16 offsets of the first unit and of what follows the last
 */
export function splitMatches(text: string, ranges: readonly (readonly number[])[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (from: number, to: number, isMatch: boolean): void => {
    if (from < to) pieces.push({ text: text.slice(from, to), isMatch });
  };
  let done = 0;
  for (const [start = 0, end = 0] of [...ranges].sort(([a = 0], [b = 0]) => a - b)) {
    const from = Math.max(start, done);
    const to = Math.min(end, text.length);
    if (from >= to) continue;
    add(done, from, false);
    add(from, to, true);
    done = to;
  }
  add(done, text.length, false);
  return pieces;
}
