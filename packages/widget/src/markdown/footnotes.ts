import type { MarkedExtension, Tokens } from 'marked';
import { escapeHtml } from './escape-html.js';

/** A note's first line, its further lines, and paragraphs indented under it. */
const DEFINITION =
  /^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*([^\n]*(?:\n(?! {0,3}\[\^[^\]\s]{1,100}\]:)(?:[ \t]*\S[^\n]*|[ \t]*(?=\n {2,}\S)))*)/;
const REFERENCE = /^\[\^([^\]\s]{1,100})\](?!:)/;
const CONTINUATION_INDENT = /\n {1,4}/g;

/** Where a note is remembered among a document's link definitions. */
function definitionKey(label: string): string {
  return `^${label.toLowerCase()}`;
}

interface FootnoteToken extends Tokens.Generic {
  label: string;
}

/**
 * Footnotes (`[^label]` and `[^label]: text`). A note is drawn where it is written and keeps its own
 * label: numbering by order of use would make every block depend on all before it, and so change
 * finished ones. A reference without a note stays the text it is.
 */
export const footnotes: MarkedExtension = {
  extensions: [
    {
      name: 'footnoteDefinition',
      level: 'block',
      tokenizer(source) {
        const match = DEFINITION.exec(source);
        if (match === null) return undefined;
        const [raw, label = '', text = ''] = match;
        this.lexer.tokens.links[definitionKey(label)] ??= { href: '', title: '' };
        const tokens = this.lexer.blockTokens(text.replace(CONTINUATION_INDENT, '\n'), []);
        return { type: 'footnoteDefinition', raw, label, tokens };
      },
      renderer(token) {
        const { label, tokens = [] } = token as FootnoteToken;
        return `<div class="footnote"><sup>${escapeHtml(label)}</sup>${this.parser.parse(tokens)}</div>\n`;
      },
    },
    {
      name: 'footnoteReference',
      level: 'inline',
      tokenizer(source) {
        const match = REFERENCE.exec(source);
        if (match === null) return undefined;
        const [raw, label = ''] = match;
        if (!Object.hasOwn(this.lexer.tokens.links, definitionKey(label))) return undefined;
        return { type: 'footnoteReference', raw, label };
      },
      renderer(token) {
        return `<sup class="footnote-ref">${escapeHtml((token as FootnoteToken).label)}</sup>`;
      },
    },
  ],
};
