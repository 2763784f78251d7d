import { describe, expect, it } from 'vitest';
import { findWords, foldForSearch, holdsWords, wordsOf } from './search-text.js';

const cut = (text: string, query: string) =>
  findWords(text, wordsOf(query))?.map(([start, end]) => text.slice(start, end)) ?? null;

describe('search text', () => {
  it('finds words and parts of words in either case', () => {
    expect(cut('Baking BREAD, rebaked bread', 'bread bak')).toEqual([
      'Bak',
      'BREAD',
      'bak',
      'bread',
    ]);
  });

  it('wants every word', () => {
    expect(cut('bread', 'bread oven')).toBeNull();
  });

  it('finds Thai inside a sentence without spaces, its marks whole', () => {
    expect(cut('วันนี้ฉันทำอาหารไทยที่บ้าน', 'อาหาร')).toEqual(['อาหาร']);
    expect(cut('ที่บ้าน', 'ที')).toEqual(['ที่']);
    expect(cut('น้ำแข็ง', 'น้ำ')).toEqual(['น้ำ']);
  });

  it('gives ranges of the text as it was written, whatever folding makes longer or shorter', () => {
    expect(cut('ﬁne İstanbul cafe\u0301 ｆｕｌｌ', 'fine café full')).toEqual([
      'ﬁne',
      'cafe\u0301',
      'ｆｕｌｌ',
    ]);
    expect(cut('😀 emoji 😀', 'EMOJI')).toEqual(['emoji']);
  });

  it('folds plain letters beside others like each of them alone', () => {
    const text = 'ABCe\u0301 ÉA\u030A1 น้ำX ΑΣ Kﬁ\u0e49';
    const letters = text.match(/\P{M}\p{M}*/gsu) ?? [];
    expect(foldForSearch(text)).toBe(letters.map(foldForSearch).join(''));
    expect(foldForSearch(text)).toContain('abcé éå1 น');
  });

  it('knows without looking for places whether all words are there', () => {
    for (const [text, query] of [
      ['Baking BREAD', 'bread king'],
      ['Baking BREAD', 'bread oven'],
      ['น้ำแข็ง cafe\u0301', 'น้ำ CAFÉ'],
    ] as const) {
      expect(holdsWords(text, wordsOf(query))).toBe(cut(text, query) !== null);
    }
  });

  it('joins what overlaps', () => {
    expect(cut('abcd', 'abc bcd')).toEqual(['abcd']);
  });

  it('has no words in blanks', () => {
    expect(wordsOf(' \n\t')).toEqual([]);
    expect(foldForSearch('ÀB')).toBe('àb');
  });
});
