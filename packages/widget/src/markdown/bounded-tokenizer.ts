import { Tokenizer, type Tokens } from 'marked';

/** Quotes and lists nested deeper than this are text: each level is another pass over what it holds. */
const MAX_DEPTH = 24;

/** A table's rows are filled up to its header: no more cells than characters may come of that. */
const MAX_CELLS_PER_CHARACTER = 2;
const BLANK_LINE = /\n[ \t]*\n/;

/** Keeps the work of nested containers, and the depth of the document, within bounds. */
export class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#within(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#within(() => super.list(source));
  }

  override table(source: string): Tokens.Table | undefined {
    const [, delimiters] = source.split('\n', 2);
    if (delimiters?.includes('-') !== true) return undefined;
    const end = BLANK_LINE.exec(source)?.index ?? source.length;
    const lines = source.slice(0, end).split('\n').length;
    const columns = delimiters.split('|').length;
    return columns * lines > end * MAX_CELLS_PER_CHARACTER ? undefined : super.table(source);
  }

  #within<Found>(tokenise: () => Found | undefined): Found | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined;
    this.#depth += 1;
    try {
      return tokenise();
    } finally {
      this.#depth -= 1;
    }
  }
}
