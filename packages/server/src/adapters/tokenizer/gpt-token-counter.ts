import type * as o200k from 'gpt-tokenizer/encoding/o200k_base';
import type { TokenCounter } from '../../ports/token-counter.js';

/**
 * Merging byte pairs costs the square of a word's length, and Thai writes whole sentences as one
 * word. Counting slice by slice keeps it linear, at the price of at most one token a slice.
 */
const SLICE_LENGTH = 400;
/** Slices counted before others get their turn: a few milliseconds. */
const SLICES_PER_TURN = 16;

/** A model's own markers are plain text when a person writes them. */
const asPlainText = { disallowedSpecial: new Set<string>() };

/** A piece of text that can be shown by itself, and how many tokens it is. */
export interface TokenPiece {
  text: string;
  tokens: number;
}

export interface GptTokenCounter extends TokenCounter {
  /** Token by token; those that are parts of one character come together. */
  split(text: string): Promise<TokenPiece[]>;
}

/**
 * The tokenizer of OpenAI's newer models (o200k_base), which is close for others too. Its tables
 * are loaded at the first use, so that the server starts without them.
 */
export function createGptTokenCounter(): GptTokenCounter {
  let loading: Promise<typeof o200k> | null = null;
  const load = () => (loading ??= import('gpt-tokenizer/encoding/o200k_base'));
  return {
    async count(text) {
      if (text === '') return 0;
      const { countTokens } = await load();
      let total = 0;
      let turn = 0;
      for (const slice of slicesOf(text)) {
        total += countTokens(slice, asPlainText);
        turn += 1;
        if (turn % SLICES_PER_TURN === 0) await new Promise(setImmediate);
      }
      return total;
    },
    async split(text) {
      const { encode, decode } = await load();
      const pieces: TokenPiece[] = [];
      for (const slice of slicesOf(text)) {
        let pending: number[] = [];
        for (const token of encode(slice, asPlainText)) {
          pending.push(token);
          const piece = decode(pending);
          if (piece.includes('\uFFFD')) continue;
          pieces.push({ text: piece, tokens: pending.length });
          pending = [];
        }
      }
      return pieces;
    },
  };
}

/** Cuts before a space where there is one, because tokens begin with their space. */
function* slicesOf(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > SLICE_LENGTH) {
    const limit = start + SLICE_LENGTH;
    // Of the slice alone: a search through all of a text without spaces would be quadratic.
    const space = start + text.slice(start, limit + 1).lastIndexOf(' ');
    const isInsideCharacter = /[\uDC00-\uDFFF]/.test(text.charAt(limit));
    const end = space > start ? space : limit - (isInsideCharacter ? 1 : 0);
    yield text.slice(start, end);
    start = end;
  }
  if (start < text.length) yield text.slice(start);
}
