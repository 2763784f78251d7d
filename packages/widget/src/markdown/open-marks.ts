import { ALLOWED_TAGS } from './allowed-html.js';
import { pairDelimiters } from './delimiters.js';
import { InlineOutline, type Bracket, type Unfinished } from './inline-outline.js';

/** What has not been completed after so many characters is text rather than a mark half written. */
const MAX_UNDECIDED = 200;
/** Addresses are longer than words; what is undecided about them hides no text. */
const MAX_ADDRESS = 3_000;

/** A task's box, or the label of a definition, that is being written at the start of a block. */
const LABEL_AT_START = /^(?:\[[ xX]?\]?|\[[^\]\n]{1,100}\]:[ \t]*)$/;
const FOOTNOTE_LABEL = /^\[\^[^\]\s]*$/;
const PARTIAL_ADDRESS = /^\(\s*(?:<[^<>\n]*|[^\s<]*(?:\s+(?:"[^"]*"?|'[^']*'?)?)?)$/;
const PARTIAL_TAG =
  /^<\/?([a-z][a-z0-9]*)?(?:\s+[a-z-]+(?:=(?:"[^"]*"|'[^']*'))?)*(?:\s+[a-z-]*(?:=(?:"[^"]*|'[^']*)?)?|\s*\/)?$/i;
const AUTOLINKS = ['<https://', '<http://', '<mailto:'];
const PARTIAL_AUTOLINK = /^<(?:https?:|mailto:)[^\s<>]*$/i;
/** Not the exclamation mark after a word. */
const MAYBE_IMAGE = /(?:^|[\s[])!$/;
const PARTIAL_COMMENT = /^<!(?:-(?:-[\s\S]*)?)?$/;
/** Not before a digit: that is a price until its formula has closed. */
const PARTIAL_MATH = /^(\$\$?|\\\()(?:[^\s\d$\\][^\n$]*)?\$?$/;

/**
 * Text that is still being written, with the marks it has left open closed, or hidden while nobody
 * can tell what they will be: `**bol` gives `**bol**`, `see [the do` gives `see the do`. Only for
 * the text a document ends with, and only while more of it is expected.
 */
export function closeOpenMarks(text: string): string {
  if (LABEL_AT_START.test(text)) return '';
  const outline = new InlineOutline(text, (unfinished) => isBegun(text, unfinished));
  const { unfinished } = outline;
  const brackets = outline.brackets.filter((bracket) => isUndecided(text, bracket));
  if (unfinished?.bracket !== undefined) brackets.push(unfinished.bracket);
  const withheld = brackets.find((bracket) => isWithheld(text, bracket));
  const ending = withheld === undefined && unfinished !== null ? endingOf(text, unfinished) : '';
  const isLink = ending !== '' && unfinished?.kind === 'link';
  const from = withheld?.start ?? unfinished?.start ?? text.length;
  const end = ending === '' ? withoutLastMarks(text, outline, from) : from;
  // A link's text is closed by the link itself.
  const ownDelimiters = isLink ? unfinished.bracket?.delimiters : undefined;
  const delimiters = outline.delimiters.slice(0, ownDelimiters).filter(({ start }) => start < end);
  const { open } = pairDelimiters(delimiters);
  const closing = open.map(({ character, count }) => character.repeat(count)).reverse();
  const shown = without(text, end, isLink ? brackets.slice(0, -1) : brackets) + ending;
  return closing.length === 0 ? shown : shown.trimEnd() + closing.join('');
}

/** Whether what has no end yet is likely to get one. */
function isBegun(text: string, { kind, start, bracket }: Unfinished): boolean {
  const rest = text.slice(start);
  switch (kind) {
    case 'code':
    case 'escape':
      return true;
    case 'math':
      return rest.length <= MAX_UNDECIDED && PARTIAL_MATH.test(rest);
    case 'tag':
      return rest.length <= MAX_UNDECIDED && isPartialTag(rest);
    case 'link':
      return rest.length <= MAX_ADDRESS && PARTIAL_ADDRESS.test(rest.slice(1));
    case 'reference':
      return isPartialReference(rest, text.slice(bracket?.start, start));
  }
}

function isPartialTag(rest: string): boolean {
  if (AUTOLINKS.some((link) => link.startsWith(rest))) return true;
  const name = PARTIAL_TAG.exec(rest)?.[1]?.toLowerCase();
  if (name !== undefined) return ALLOWED_TAGS.some((tag) => tag.startsWith(name));
  return rest === '<' || rest === '</' || PARTIAL_AUTOLINK.test(rest) || PARTIAL_COMMENT.test(rest);
}

/** `[text]` at the very end may go on with `(`, `[` or `:`; a footnote's mark is whole as it is. */
function isPartialReference(rest: string, label: string): boolean {
  if (label.startsWith('[^')) return false;
  return rest === ']' || (/^\]\[[^\]]*$/.test(rest) && rest.length <= MAX_UNDECIDED);
}

/** What to show in place of something that is only begun. */
function endingOf(text: string, { kind, start }: Unfinished): string {
  const rest = text.slice(start);
  if (kind === 'code') return closeAgain(rest, /^`+/, '`');
  if (kind === 'math') return closeAgain(rest, /^(?:\$+|\\\()/, '$');
  return kind === 'link' ? ']()' : '';
}

/** Content between its marks; of the closing mark, a part may have come already. */
function closeAgain(rest: string, opening: RegExp, closing: string): string {
  const [marker = ''] = opening.exec(rest) ?? [];
  let end = rest.length;
  while (end > marker.length && (rest[end - 1] === closing || rest[end - 1] === '\\')) end -= 1;
  const content = rest.slice(marker.length, end);
  if (content.trim() === '') return '';
  if (marker.startsWith('`')) return marker + content + marker;
  return marker + content.trim() + (marker === '\\(' ? '\\)' : marker);
}

/** Whether an open bracket may still become a link's text. */
function isUndecided(text: string, { start }: Bracket): boolean {
  if (text.length - start > MAX_UNDECIDED) return false;
  let depth = 0;
  for (const character of text.slice(start)) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    // An interval, `[0, 1)`, or a remark: not a link.
    if (depth < 0) return false;
  }
  return true;
}

/** A picture's words and a footnote's label are no part of the text. */
function isWithheld(text: string, { start, isImage }: Bracket): boolean {
  return isImage || FOOTNOTE_LABEL.test(text.slice(start));
}

/** Where the text ends without the marks at its end, which may still grow or close something. */
function withoutLastMarks(text: string, outline: InlineOutline, from: number): number {
  const marks = [
    ...outline.delimiters.map(({ start, count }) => ({ start, end: start + count })),
    ...outline.brackets.map(({ start, isImage }) => ({ start, end: start + (isImage ? 2 : 1) })),
  ].sort((left, right) => left.start - right.start);
  let end = from;
  for (const mark of marks.reverse()) {
    if (mark.start >= end) continue;
    if (mark.end !== end) break;
    end = mark.start;
  }
  return MAYBE_IMAGE.test(text.slice(Math.max(0, end - 2), end)) ? end - 1 : end;
}

function without(text: string, end: number, brackets: readonly Bracket[]): string {
  let shown = '';
  let from = 0;
  for (const { start, isImage } of brackets.toSorted((a, b) => a.start - b.start)) {
    if (start >= end) break;
    shown += text.slice(from, start);
    from = start + (isImage ? 2 : 1);
  }
  return shown + text.slice(from, end);
}
