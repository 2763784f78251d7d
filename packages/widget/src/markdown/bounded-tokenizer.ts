import { Tokenizer, type Tokens } from 'marked';

/** Quotes and lists nested deeper than this are text: each level is another pass over what it holds. */
const MAX_DEPTH = 24;

/** Keeps the work of nested containers, and the depth of the document, within bounds. */
export class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#within(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#within(() => super.list(source));
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
