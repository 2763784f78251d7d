/**
 * The form in which texts are compared without case: compatibility-composed, so that full-width
 * and combined letters meet their plain forms, then lower case. Done here rather than by a
 * database, because databases fold ASCII only or each in their own way.
 *
 * A letter with more than 30 marks is folded in pieces: composing sorts marks, in time that grows
 * by the square of their number, 40 s for the longest message. No script has more (UAX #15, 13).
 */
export function foldText(text: string): string {
  if (!hasManyMarks(text)) return fold(text);
  return (text.match(PIECES) ?? []).map(fold).join('');
}

const MOST_MARKS = 30;
/** Of more marks in a row, one is met by so many steps. */
const STRIDE = MOST_MARKS + 1;
/** Marks, and the two half-width letters that become marks. */
const MARK = /[\p{M}\uff9e\uff9f]/u;
/** What a text is made of, without a second look at any of it. */
const PIECES = /[^\p{M}\uff9e\uff9f]*[\p{M}\uff9e\uff9f]{0,30}/gu;

/** A look at some of the units: one at each would take ten times as long as to fold them all. */
function hasManyMarks(text: string): boolean {
  if (text.length <= MOST_MARKS) return false;
  for (let at = STRIDE; at < text.length; at += STRIDE) {
    if (isMark(text, at) && marksAround(text, at) > MOST_MARKS) return true;
  }
  return false;
}

/** Units of marks in a row, counted as far as it matters. */
function marksAround(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from <= MOST_MARKS && isMark(text, from - 1)) from -= 1;
  let to = at + 1;
  while (to < text.length && to - from <= MOST_MARKS && isMark(text, to)) to += 1;
  return to - from;
}

/** Whether the character that this unit belongs to is one. */
function isMark(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  const start = unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
  const code = text.codePointAt(start);
  return code !== undefined && MARK.test(String.fromCodePoint(code));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}
