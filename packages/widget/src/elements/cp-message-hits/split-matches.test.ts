import { expect } from '@open-wc/testing';
import { splitMatches } from './split-matches.js';

const marked = (text: string, ranges: number[][]): string =>
  splitMatches(text, ranges)
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

describe('splitMatches', () => {
  it('cuts a text at the edges of its matches', () => {
    expect(marked('how planets form', [[4, 11]])).to.equal('how [planets] form');
    expect(marked('planets', [[0, 7]])).to.equal('[planets]');
    expect(marked('planets', [])).to.equal('planets');
    expect(marked('', [])).to.equal('');
  });

  it('takes ranges in any order, overlapping or beyond the end, and loses no text', () => {
    const ranges = [
      [8, 99],
      [0, 3],
      [2, 5],
      [9, 9],
      [40, 50],
    ];
    expect(marked('abcdefghij', ranges)).to.equal('[abc][de]fgh[ij]');
  });
});
