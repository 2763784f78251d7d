import { expect } from '@open-wc/testing';
import { findMatches } from './find-matches.js';
import { splitMatches } from './split-matches.js';

const marked = (text: string, query: string): string =>
  splitMatches(text, findMatches(text, query))
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

describe('findMatches', () => {
  it('finds the whole query wherever it stands, without case', () => {
    expect(marked('Red planets, red Planets', ' red planets')).to.equal(
      '[Red planets], [red Planets]',
    );
  });

  it('finds the words where the query as a whole is nowhere', () => {
    expect(marked('Planets that are red', 'red planets ocean')).to.equal(
      '[Planets] that are [red]',
    );
  });

  it('marks whole letters where folding changes their length', () => {
    expect(marked('Straße ①② İzmir', '12')).to.equal('Straße [①②] İzmir');
    expect(marked('A ﬁne day', 'in')).to.equal('A [ﬁn]e day');
    expect(marked('Cafe\u0301 noir', 'CAFÉ')).to.equal('[Cafe\u0301] noir');
    expect(marked('ภาษาไทยง่าย', 'ไทย')).to.equal('ภาษา[ไทย]ง่าย');
  });

  it('finds nothing for nothing', () => {
    expect(findMatches('Planets', '  ')).to.deep.equal([]);
    expect(findMatches('', 'planets')).to.deep.equal([]);
    expect(findMatches('Planets', 'moons')).to.deep.equal([]);
  });
});
