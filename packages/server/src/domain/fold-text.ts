/**
 * The form in which texts are compared without case: compatibility-composed, so that full-width
 * and combined letters meet their plain forms, then lower case. Done here rather than by a
 * database, because databases fold ASCII only or each in their own way.
 *
 * A letter with more than 30 marks is folded in pieces: composing sorts marks, in time that grows
 * by the square of their number, 40 s for the longest message. No script has more (UAX #15, 13).
 */
export function foldText(text: string): string {
  if (!MANY_MARKS.test(text)) return fold(text);
  return (text.match(PIECES) ?? []).map(fold).join('');
}

/** Marks, and the two half-width letters that become marks. */
const MANY_MARKS = /(?:^|[^\p{M}\uff9e\uff9f])[\p{M}\uff9e\uff9f]{31}/u;
/** What a text is made of, without a second look at any of it. */
const PIECES = /[^\p{M}\uff9e\uff9f]*[\p{M}\uff9e\uff9f]{0,30}/gu;

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}
