/** A run of emphasis marks (`*`, `_`, `~~`) in a text. */
export interface Delimiter {
  character: string;
  start: number;
  count: number;
  canOpen: boolean;
  canClose: boolean;
}

/** A marked passage: where its opening mark begins, and where its closing one does. */
export interface Span {
  marker: string;
  start: number;
  end: number;
}

export interface PairedDelimiters {
  spans: Span[];
  /** Runs that open something which nothing has closed. */
  open: Delimiter[];
}

const PUNCTUATION = /^[\p{P}\p{S}]/u;
const STRIKE = '~';

/** The run of marks at a place, with what CommonMark's "flanking" allows it to do. */
export function delimiterAt(text: string, start: number): Delimiter {
  const character = text.charAt(start);
  let end = start;
  while (text.charAt(end) === character) end += 1;
  const before = characterBefore(text, start);
  const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
  const isAfterGap = isSpace(before) || PUNCTUATION.test(before);
  const isBeforeGap = isSpace(after) || PUNCTUATION.test(after);
  const isLeft = !isSpace(after) && (!PUNCTUATION.test(after) || isAfterGap);
  const isRight = !isSpace(before) && (!PUNCTUATION.test(before) || isBeforeGap);
  const count = end - start;
  if (character === STRIKE) {
    const isMark = count === 2;
    return { character, start, count, canOpen: isMark && isLeft, canClose: isMark && isRight };
  }
  // An underscore within a word is part of it.
  const isFree = character === '*';
  const canOpen = isLeft && (isFree || !isRight || PUNCTUATION.test(before));
  const canClose = isRight && (isFree || !isLeft || PUNCTUATION.test(after));
  return { character, start, count, canOpen, canClose };
}

function characterBefore(text: string, start: number): string {
  if (start === 0) return ' ';
  const unit = text.charCodeAt(start - 1);
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff;
  return text.slice(isLowSurrogate ? start - 2 : start - 1, start);
}

function isSpace(character: string): boolean {
  return character.trim() === '';
}

/**
 * Which runs open and which close one another (CommonMark, "process emphasis"), in time that grows
 * with their number alone.
 */
export function pairDelimiters(delimiters: readonly Delimiter[]): PairedDelimiters {
  const spans: Span[] = [];
  const open: Delimiter[] = [];
  /** Down to where a closer of that kind was searched for in vain. */
  const searched = new Map<string, number>();
  for (const original of delimiters) {
    const closer = { ...original };
    if (closer.canClose) closeWith(closer, original.count, open, searched, spans);
    if (closer.count > 0 && closer.canOpen) open.push(closer);
  }
  return { spans, open };
}

function closeWith(
  closer: Delimiter,
  length: number,
  open: Delimiter[],
  searched: Map<string, number>,
  spans: Span[],
): void {
  const kind = `${closer.character}${closer.canOpen}${length % 3}`;
  while (closer.count > 0) {
    const bottom = Math.min(searched.get(kind) ?? 0, open.length);
    let index = open.length - 1;
    while (index >= bottom && !isPair(open[index], closer, length)) index -= 1;
    const opener = open[index];
    if (index < bottom || opener === undefined) {
      searched.set(kind, open.length);
      return;
    }
    const used = opener.count >= 2 && closer.count >= 2 ? 2 : 1;
    opener.count -= used;
    closer.count -= used;
    const marker = closer.character.repeat(used);
    spans.push({ marker, start: opener.start + opener.count, end: closer.start });
    closer.start += used;
    open.length = opener.count === 0 ? index : index + 1;
  }
}

function isPair(opener: Delimiter | undefined, closer: Delimiter, length: number): boolean {
  if (opener === undefined || opener.character !== closer.character) return false;
  // "If one of the delimiters can both open and close ... the sum must not be a multiple of 3."
  const isAmbiguous = opener.canClose || closer.canOpen;
  return !isAmbiguous || length % 3 === 0 || (opener.count + length) % 3 !== 0;
}
