/** Nothing but what may become a mark of a block: a rule, a bullet, a heading, a fence. */
const MARKS_ONLY = /^[ \t>]*(?:[-=]+|[*_+]{1,3}|#{1,6}|\d{1,3}[.)]?|`+|~+|:?-[-:| ]*)[ \t]*$/;
/** A line that may be a table's header, after a blank line or at the start, and what follows it. */
const MAYBE_TABLE = /(?:^|\n[ \t]*\n)[ \t]*(\|[^\n]*(?:\n[ \t|:-]*)?)$/;
/** Longer than any header of a table: text that begins with a bar. */
const MAX_HEADER = 500;

/**
 * A document still being written, without a last line that nobody can read yet: `-` may be a bullet,
 * a rule, or make a heading of the line above it; a row may be text until the row of dashes comes
 * below. Shown at once, it would be one thing for a moment and then another.
 */
export function withoutUndecidedLine(source: string): string {
  const end = source.slice(-MAX_HEADER);
  const [found, table] = MAYBE_TABLE.exec(end) ?? [];
  const isAtStart = found?.startsWith('\n') === true || end.length === source.length;
  if (table !== undefined && isAtStart) return source.slice(0, -table.length);
  const lineStart = source.lastIndexOf('\n') + 1;
  return MARKS_ONLY.test(source.slice(lineStart)) ? source.slice(0, lineStart) : source;
}
