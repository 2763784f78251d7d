import { Lexer, Marked, Parser, type Links, type Token, type Tokens } from 'marked';
import { classifyHtml } from './allowed-html.js';
import type { Block, Part } from './block.js';
import { BoundedTokenizer } from './bounded-tokenizer.js';
import { escapeHtml } from './escape-html.js';
import { footnotes } from './footnotes.js';
import { inlineRuns } from './inline-runs.js';
import { math } from './math.js';
import { closeOpenMarks } from './open-marks.js';

/** Link and footnote definitions of a document, by normalised label. */
export type Definitions = Links;

export interface LexedDocument {
  blocks: Block[];
  /** Every definition known after this text: those given and those it holds. */
  definitions: Definitions;
}

const options = new Marked({ gfm: true }, footnotes, math, {
  renderer: {
    html({ text, block }) {
      const kind = classifyHtml(text);
      if (kind === 'nothing') return '';
      if (block !== true) return kind === 'html' ? text : escapeHtml(text);
      // Blank lines at its end depend on how much of the document has come.
      const source = text.trimEnd();
      return kind === 'html' ? source : `<p>${escapeHtml(source)}</p>`;
    },
  },
}).defaults;
options.tokenizer = new BoundedTokenizer(options);

export function createDefinitions(): Definitions {
  return Object.create(null) as Definitions;
}

/**
 * Markdown as top-level blocks. Inline text is lexed only when a block's HTML is asked for, so a
 * block that is kept costs its outline alone.
 *
 * @param source markdown with `\n` line ends
 * @param known definitions that came before this text; the first of a label wins
 * @param isOpen more text will come: marks left open in the last words are shown closed
 */
export function lexBlocks(source: string, known: Definitions, isOpen = false): LexedDocument {
  const lexer = new Lexer(options);
  lexer.tokens.links = Object.assign(createDefinitions(), known);
  lexer.blockTokens(source, lexer.tokens);
  const inline = new InlineText(lexer);
  const isProvisional = isOpen && inline.close(lexer.tokens.at(-1));
  const blocks: Block[] = [];
  let offset = 0;
  for (const token of lexer.tokens) {
    const block = toBlock(token, offset, inline);
    if (block !== null) blocks.push(block);
    offset += token.raw.length;
  }
  if (isProvisional) markProvisional(blocks.at(-1));
  return { blocks, definitions: lexer.tokens.links };
}

/** The inline text of a lexed document, tokenised block by block when a block is drawn. */
class InlineText {
  readonly #pending: Map<Token[], string>;

  constructor(private readonly lexer: Lexer) {
    this.#pending = new Map(lexer.inlineQueue.map(({ src, tokens }) => [tokens, src]));
    lexer.inlineQueue = [];
  }

  /**
   * Closes what the last words of a block leave open, for as long as more is to come.
   *
   * @returns whether anything was open
   */
  close(last: Token | undefined): boolean {
    if (last?.type === 'displayMath' && last.isClosed === false) {
      last.isClosed = true;
      last.text = last.text.replace(/[$\\]+$/, '');
      return true;
    }
    const tokens = this.#lastWords(last);
    const source = tokens && this.#pending.get(tokens);
    if (tokens === undefined || source === undefined) return false;
    const closed = closeOpenMarks(source);
    this.#pending.set(tokens, closed);
    return closed !== source;
  }

  /** The inline text a block ends with and that goes on when more comes, if it is such a block. */
  #lastWords(last: Token | undefined): Token[] | undefined {
    let token: Token | undefined = last;
    while (token !== undefined) {
      const { type, raw } = token;
      // A line is all a heading has, and a row.
      if ((type === 'heading' || type === 'table') && raw.endsWith('\n')) return undefined;
      if (type === 'table') {
        const cells = (token as Tokens.Table).rows.at(-1) ?? (token as Tokens.Table).header;
        if (raw.trimEnd().endsWith('|')) return undefined;
        return cells.findLast(({ text }) => text !== '')?.tokens;
      }
      const { tokens, items } = token as Tokens.Generic & { items?: Token[] };
      if (tokens !== undefined && this.#pending.has(tokens)) return tokens;
      token = (items ?? tokens)?.at(-1);
    }
    return undefined;
  }

  html(token: Token): string {
    this.#tokenise(token);
    return Parser.parse([token], options);
  }

  #tokenise(value: unknown): void {
    if (Array.isArray(value)) {
      this.#fill(value as Token[]);
      for (const entry of value) this.#tokenise(entry);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const { tokens, items, header, rows } = value as Record<string, unknown>;
    for (const children of [tokens, items, header, rows]) this.#tokenise(children);
  }

  #fill(tokens: Token[]): void {
    const source = this.#pending.get(tokens);
    if (source === undefined) return;
    this.#pending.delete(tokens);
    for (const run of inlineRuns(source)) {
      // An inline <pre> or <code> left open ends with the text that holds it.
      this.lexer.state.inRawBlock = false;
      this.lexer.inlineTokens(run, tokens);
    }
  }
}

function markProvisional(last: Block | undefined): void {
  if (last === undefined) return;
  const open = last.kind === 'leaf' ? last : last.parts.at(-1);
  if (open !== undefined) open.isProvisional = true;
}

function toBlock(token: Token, start: number, inline: InlineText): Block | null {
  const { raw } = token;
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'list':
      return listBlock(token as Tokens.List, start, inline);
    case 'table':
      return tableBlock(token as Tokens.Table, start, inline);
    case 'code': {
      const { codeBlockStyle } = token as Tokens.Code;
      const type = codeBlockStyle === 'indented' ? 'indented-code' : 'fence';
      return { kind: 'leaf', type, raw, start, html: () => inline.html(token) };
    }
    default:
      return { kind: 'leaf', type: token.type, raw, start, html: () => inline.html(token) };
  }
}

function listBlock(token: Tokens.List, start: number, inline: InlineText): Block {
  let partStart = start;
  const parts = token.items.map((item): Part => {
    const part: Part = {
      raw: item.raw,
      start: partStart,
      html: () => inline.html({ ...token, items: [item] }),
    };
    partStart += item.raw.length;
    return part;
  });
  const { raw, ordered, loose } = token;
  return { kind: 'list', raw, start, ordered, loose, first: Number(token.start) || 0, parts };
}

function tableBlock(token: Tokens.Table, start: number, inline: InlineText): Block {
  const [headerLine = '', delimiterLine = '', ...lines] = token.raw.split('\n');
  const header = `${headerLine}\n${delimiterLine}\n`;
  let partStart = start + header.length;
  const parts = token.rows.map((row, index): Part => {
    const raw = lines[index] ?? '';
    const part: Part = {
      raw,
      start: partStart,
      html: () => inline.html({ ...token, rows: [row] }),
    };
    partStart += raw.length + 1;
    return part;
  });
  const headerHtml = (): string => inline.html({ ...token, rows: [] });
  return { kind: 'table', raw: token.raw, start, header, headerHtml, parts };
}
