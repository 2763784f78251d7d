import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.js';
import { foldForSearch } from './search-text.js';

/** Two marks whose order composing changes, which is what costs time. */
const MARKS = '\u0301\u0316';

describe('folding', () => {
  it('brings letters with as many marks as scripts have to one form', () => {
    expect(foldText(`A${MARKS.repeat(15)}`)).toBe(
      `A${MARKS.repeat(15)}`.normalize('NFKC').toLowerCase().normalize('NFKC'),
    );
    expect(foldText('Ａ\u030a ﾊﾟ น้ำ 가')).toBe('å パ น้ํา 가');
  });

  // Composed as a whole, each of these takes most of a minute.
  it.each([
    ['on one letter', `a${MARKS.repeat(100_000)}`],
    ['on none', MARKS.repeat(100_000)],
    ['after an ordinary text', `${'hello '.repeat(10_000)}${MARKS.repeat(70_000)}`],
    ['of two units each', '\u{1d165}\u{1d16d}\u0301'.repeat(40_000)],
    ['that are half-width letters', '\uff9e\u0301'.repeat(100_000)],
    ['that decompose', '\u0344\u0316'.repeat(100_000)],
  ])('takes as long as the text is long, with any number of marks %s', (_, text) => {
    for (const fold of [foldText, foldForSearch]) {
      const folded = fold(text);
      expect(folded.length).toBeGreaterThan(text.length / 2);
      expect(fold(folded)).toHaveLength(folded.length);
    }
  });
});
