import type { MarkedExtension, Tokens } from 'marked';
import { escapeHtml } from './escape-html.js';

/** Up to the closing marks, a blank line, or the end of what has come. */
const DISPLAY = /^ {0,3}(\$\$|\\\[)((?:(?!\n[ \t]*\n)[\s\S])*?)(?:(\$\$|\\\])[ \t]*(?:\n|$)|$)/;
const DISPLAY_START = /\n {0,3}(?:\$\$|\\\[)/;
/** A dollar is a mark only next to text, and never before a digit: prices are not formulas. */
const INLINE =
  /^(?:\\\(([^\n]+?)\\\)|\$\$([^\n$]+?)\$\$|\$(?![\s$])((?:\\.|[^\\\n$])*?[^\s\\$])\$(?!\d))/;
const INLINE_START = /\$|\\\(/;
/** A formula within text is looked for no further than this. */
const MAX_INLINE_LENGTH = 500;

/** Length of the formula that begins at a place within text; 0 when none does. */
export function inlineMathAt(text: string, start: number): number {
  return INLINE.exec(text.slice(start, start + MAX_INLINE_LENGTH))?.[0].length ?? 0;
}

interface MathToken extends Tokens.Generic {
  text: string;
  isClosed: boolean;
}

/**
 * Formulas: `$$…$$` and `\[…\]` on lines of their own, `$…$` and `\(…\)` within text. They are
 * written as their source, for a lazy renderer to draw (see `lazy-renderers.ts`).
 */
export const math: MarkedExtension = {
  extensions: [
    {
      name: 'displayMath',
      level: 'block',
      start(source) {
        // Within this paragraph only: searching the whole text for each would take its square.
        const end = source.indexOf('\n\n');
        const match = DISPLAY_START.exec(end === -1 ? source : source.slice(0, end));
        return match === null ? undefined : match.index + 1;
      },
      tokenizer(source) {
        const match = DISPLAY.exec(source);
        if (match === null) return undefined;
        const [raw, , text = '', closing] = match;
        return { type: 'displayMath', raw, text: text.trim(), isClosed: closing !== undefined };
      },
      renderer(token) {
        const { raw, text, isClosed } = token as MathToken;
        return isClosed
          ? `<div class="math">${escapeHtml(text)}</div>\n`
          : `<p>${escapeHtml(raw.trimEnd())}</p>\n`;
      },
    },
    {
      name: 'inlineMath',
      level: 'inline',
      start: (source) => INLINE_START.exec(source)?.index,
      tokenizer(source) {
        const match = INLINE.exec(source);
        if (match === null) return undefined;
        const text = match[1] ?? match[2] ?? match[3] ?? '';
        return { type: 'inlineMath', raw: match[0], text, isClosed: true };
      },
      renderer: (token) => `<span class="math">${escapeHtml((token as MathToken).text)}</span>`,
    },
  ],
};
