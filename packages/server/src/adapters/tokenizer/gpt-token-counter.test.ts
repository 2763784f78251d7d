import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { createGptTokenCounter } from './gpt-token-counter.js';

describe('createGptTokenCounter', () => {
  const tokenizer = createGptTokenCounter();

  it.each(['', 'Hello, world!', 'สวัสดีครับ', 'a <|endoftext|> b'])(
    'counts a short text as the tokenizer does: %j',
    async (text) => {
      expect(await tokenizer.count(text)).toBe(
        countTokens(text, { disallowedSpecial: new Set<string>() }),
      );
    },
  );

  it('stays close on long texts of every kind', async () => {
    const texts = ['The quick brown fox jumps. ', 'วันนี้อากาศดีมาก', 'a', ' ', '😀'];
    for (const text of texts) {
      const long = text.repeat(Math.ceil(3000 / text.length));
      const exact = countTokens(long);
      const counted = await tokenizer.count(long);
      // One token a slice at most.
      expect(Math.abs(counted - exact)).toBeLessThanOrEqual(Math.ceil(long.length / 300));
    }
  });

  it('splits a text into pieces that join to it and add up to its tokens', async () => {
    const text = 'Hello 👩🏽‍💻! สวัสดีครับ นี่คือตัวอย่าง. '.repeat(40);
    const pieces = await tokenizer.split(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.every((piece) => piece.text.isWellFormed())).toBe(true);
    const total = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
    expect(total).toBe(await tokenizer.count(text));
  });
});
