import { appendCode } from './code-text.js';

const OPENING = /^(`{3,}|~{3,})([^\n]*)\n/;

/**
 * A code block still being written. Its text is appended as it comes, without lexing: a block of
 * any length costs what is added to it.
 */
export class OpenFence {
  readonly #closing: RegExp;
  readonly #mayClose: RegExp;
  /** Text of the lines after the opening one. */
  #scanned: number;
  #shown: number;

  private constructor(
    private readonly code: Element,
    marker: string,
    contentStart: number,
    shownLength: number,
  ) {
    const character = marker.charAt(0);
    this.#closing = new RegExp(`^ {0,3}${marker}${character}*[ \\t]*$`);
    this.#mayClose = new RegExp(`^ {0,3}${character}*[ \\t]*$`);
    this.#scanned = contentStart;
    this.#shown = contentStart + shownLength;
  }

  /**
   * @param source markdown from the fence's first character on
   * @param code the element that shows it
   * @returns null unless the source is one unclosed, unindented fence whose opening line is whole
   */
  static open(source: string, code: Element): OpenFence | null {
    const match = OPENING.exec(source);
    if (match === null) return null;
    const [opening, marker = ''] = match;
    if (marker.startsWith('`') && match[2]?.includes('`') === true) return null;
    const shown = code.textContent ?? '';
    if (!source.startsWith(shown, opening.length)) return null;
    const fence = new OpenFence(code, marker, opening.length, shown.length);
    return fence.extend(source) ? fence : null;
  }

  /**
   * Shows what was added to the source.
   *
   * @returns false when the fence has closed: the source must be lexed again
   */
  extend(source: string): boolean {
    let lineStart = this.#scanned;
    for (
      let end = source.indexOf('\n', lineStart);
      end !== -1;
      end = source.indexOf('\n', lineStart)
    ) {
      if (this.#closing.test(source.slice(lineStart, end))) return false;
      lineStart = end + 1;
    }
    this.#scanned = lineStart;
    const lastLine = source.slice(lineStart);
    if (this.#closing.test(lastLine)) return false;
    // A line that may turn out to close the fence, and the line end before it, wait for the rest.
    const end = this.#mayClose.test(lastLine) ? lineStart - 1 : source.length;
    if (end > this.#shown) {
      appendCode(this.code, source.slice(this.#shown, end));
      this.#shown = end;
    }
    return true;
  }
}
