import { delimiterAt, pairDelimiters, type Delimiter, type Span } from './delimiters.js';
import { inlineMathAt } from './math.js';

/** A piece of text that is one thing: code, a link, a tag, a formula. */
export interface Solid {
  start: number;
  end: number;
}

export interface Bracket {
  start: number;
  isImage: boolean;
  /** Emphasis marks that came before it. */
  delimiters: number;
}

/** What of a text is only begun: it takes all from `start` on. */
export interface Unfinished {
  kind: 'code' | 'math' | 'tag' | 'link' | 'reference' | 'escape';
  start: number;
  /** The bracket whose text it follows, of a link or reference. */
  bracket?: Bracket;
}

const SPECIAL = /[\\`$<*_~![\]]/g;
const BACKTICKS = /`+/g;
const TAG = /<(?:\/?[a-z][^<>]*|[a-z0-9.!#$%&'*+/=?^_{|}~-]+@[^\s<>]+|!--[^<]*--)>/iy;
const TITLE = String.raw`(?:"[^"]{0,300}"|'[^']{0,300}'|\([^()]{0,300}\))`;
const DESTINATION = new RegExp(
  String.raw`\(\s*(?:<[^<>\n]*>|(?:\\.|[^\s()<\\]|\([^\s()]*\))*)(?:\s+${TITLE})?\s*\)`,
  'y',
);
const REFERENCE = /\[[^[\]]{0,300}\]/y;

/**
 * Where a text's marks are, found in one pass whose time grows with the text alone: a tokeniser's
 * rules without its backtracking. Two ask: who cuts a long text, and who closes what is half open.
 */
export class InlineOutline {
  /** In order, none within another. */
  readonly solids: Solid[] = [];
  readonly delimiters: Delimiter[] = [];
  /** Brackets without an end. */
  readonly brackets: Bracket[] = [];
  unfinished: Unfinished | null = null;
  #at = 0;
  readonly #backticks = new Map<number, number[]>();

  /**
   * @param text one block's inline text
   * @param isBegun tells whether something without an end is one that is only begun: then the
   *   outline ends there. Left out, it is text like any other.
   */
  constructor(
    private readonly text: string,
    private readonly isBegun: (unfinished: Unfinished) => boolean = () => false,
  ) {
    for (const { 0: run, index } of text.matchAll(BACKTICKS)) {
      const places = this.#backticks.get(run.length);
      if (places === undefined) this.#backticks.set(run.length, [index]);
      else places.push(index);
    }
    for (const places of this.#backticks.values()) places.reverse();
    while (this.unfinished === null && this.#findSpecial()) this.#take();
  }

  /** Emphasis that has both its marks. */
  spans(): Span[] {
    return pairDelimiters(this.delimiters).spans;
  }

  #findSpecial(): boolean {
    SPECIAL.lastIndex = this.#at;
    const match = SPECIAL.exec(this.text);
    if (match !== null) this.#at = match.index;
    return match !== null;
  }

  #take(): void {
    switch (this.text.charAt(this.#at)) {
      case '\\':
        return this.#takeEscape();
      case '`':
        return this.#takeCode();
      case '$':
        return this.#takeMath(1);
      case '<':
        return this.#takeTag();
      case '!':
        return this.#takeImage();
      case '[':
        return this.#openBracket(this.#at, false);
      case ']':
        return this.#closeBracket();
      default:
        return this.#takeDelimiter();
    }
  }

  #takeEscape(): void {
    if (this.text.charAt(this.#at + 1) === '(') return this.#takeMath(2);
    if (this.#at === this.text.length - 1) this.#end({ kind: 'escape', start: this.#at });
    this.#at += 2;
  }

  #takeCode(): void {
    const start = this.#at;
    let contentStart = start;
    while (this.text.charAt(contentStart) === '`') contentStart += 1;
    const places = this.#backticks.get(contentStart - start) ?? [];
    while ((places.at(-1) ?? contentStart) < contentStart) places.pop();
    const closing = places.pop();
    if (closing !== undefined) return this.#addSolid(start, closing + contentStart - start);
    this.#end({ kind: 'code', start });
    this.#at = contentStart;
  }

  #takeMath(markerLength: number): void {
    const length = inlineMathAt(this.text, this.#at);
    if (length > 0) return this.#addSolid(this.#at, this.#at + length);
    this.#end({ kind: 'math', start: this.#at });
    this.#at += markerLength;
  }

  #takeTag(): void {
    const length = matchAt(TAG, this.text, this.#at);
    if (length > 0) return this.#addSolid(this.#at, this.#at + length);
    this.#end({ kind: 'tag', start: this.#at });
    this.#at += 1;
  }

  #takeImage(): void {
    if (this.text.charAt(this.#at + 1) === '[') return this.#openBracket(this.#at, true);
    this.#at += 1;
  }

  #takeDelimiter(): void {
    const delimiter = delimiterAt(this.text, this.#at);
    this.delimiters.push(delimiter);
    this.#at += delimiter.count;
  }

  #openBracket(start: number, isImage: boolean): void {
    this.brackets.push({ start, isImage, delimiters: this.delimiters.length });
    this.#at = start + (isImage ? 2 : 1);
  }

  #closeBracket(): void {
    const bracket = this.brackets.pop();
    const end = this.#at + 1;
    if (bracket === undefined) {
      this.#at = end;
      return;
    }
    const isLink = this.text.charAt(end) === '(';
    const length = matchAt(isLink ? DESTINATION : REFERENCE, this.text, end);
    // Emphasis does not cross a link's ends.
    if (isLink && length > 0) this.delimiters.length = bracket.delimiters;
    if (length === 0) {
      this.#end({ kind: isLink ? 'link' : 'reference', start: this.#at, bracket });
    }
    this.#addSolid(bracket.start, end + length);
  }

  #addSolid(start: number, end: number): void {
    while ((this.solids.at(-1)?.start ?? -1) >= start) this.solids.pop();
    this.solids.push({ start, end });
    this.#at = end;
  }

  #end(unfinished: Unfinished): void {
    if (this.isBegun(unfinished)) this.unfinished = unfinished;
  }
}

function matchAt(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0].length ?? 0;
}
