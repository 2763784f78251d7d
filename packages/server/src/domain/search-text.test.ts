import { describe, expect, it } from 'vitest';
import { findWords, foldForSearch, holdsWords, wordsOf } from './search-text.js';

const cut = async (text: string, query: string) =>
  (await findWords(text, wordsOf(query)))?.map(([start, end]) => text.slice(start, end)) ?? null;

describe('search text', () => {
  it('finds words and parts of words in either case', async () => {
    expect(await cut('Baking BREAD, rebaked bread', 'bread bak')).toEqual([
      'Bak',
      'BREAD',
      'bak',
      'bread',
    ]);
  });

  it('wants every word', async () => {
    expect(await cut('bread', 'bread oven')).toBeNull();
  });

  it('finds Thai inside a sentence without spaces, its marks whole', async () => {
    expect(await cut('วันนี้ฉันทำอาหารไทยที่บ้าน', 'อาหาร')).toEqual(['อาหาร']);
    expect(await cut('ที่บ้าน', 'ที')).toEqual(['ที่']);
    expect(await cut('น้ำแข็ง', 'น้ำ')).toEqual(['น้ำ']);
  });

  it('gives ranges of the text as it was written, whatever folding makes longer or shorter', async () => {
    expect(await cut('ﬁne İstanbul cafe\u0301 ｆｕｌｌ', 'fine café full')).toEqual([
      'ﬁne',
      'cafe\u0301',
      'ｆｕｌｌ',
    ]);
    expect(await cut('😀 emoji 😀', 'EMOJI')).toEqual(['emoji']);
  });

  it('folds plain letters beside others like each of them alone', () => {
    const text = 'ABCe\u0301 ÉA\u030A1 น้ำX ΑΣ Kﬁ\u0e49';
    const letters = text.match(/\P{M}\p{M}*/gsu) ?? [];
    expect(foldForSearch(text)).toBe(letters.map(foldForSearch).join(''));
    expect(foldForSearch(text)).toContain('abcé éå1 น');
  });

  it('knows without looking for places whether all words are there', async () => {
    for (const [text, query] of [
      ['Baking BREAD', 'bread king'],
      ['Baking BREAD', 'bread oven'],
      ['น้ำแข็ง cafe\u0301', 'น้ำ CAFÉ'],
    ] as const) {
      expect(holdsWords(text, wordsOf(query))).toBe((await cut(text, query)) !== null);
    }
  });

  it('folds every character beside others like alone, whatever it would join there', () => {
    const before = ['a', 'A', '1', '\u1100', '가', 'カ', 'ﾊ', '\u{16d63}', '\u{16d67}', '𝚺', ' '];
    const letters: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const isSurrogate = code >= 0xd800 && code <= 0xdfff;
      const letter = String.fromCodePoint(code);
      if (!isSurrogate && !/[\p{M}\p{Cn}\p{Co}]/u.test(letter)) letters.push(letter);
    }
    const alone = letters.map(foldForSearch);
    for (const other of before) {
      const folded = foldForSearch(letters.map((letter) => `${other}${letter}\n`).join(''));
      const first = foldForSearch(other);
      // Not compared as texts: the difference of two so long would take minutes to print.
      expect(folded === alone.map((letter) => `${first}${letter}\n`).join('')).toBe(true);
    }
  });

  it('finds the first match of a long text, with those close to it, wherever pieces end', async () => {
    const hay = 'Kﬁ ΑΣ น้ำ e\u0301 😀 각\u11a8 ';
    for (const length of [0, 5, 4_000, 16_370, 16_380, 16_384, 40_000, 120_000]) {
      const lead = hay
        .repeat(Math.ceil(length / hay.length))
        .slice(0, length)
        .toWellFormed();
      const text = `${lead}|Café NEEDLE|${hay.repeat(2_000)}needle`;
      expect(await cut(text, 'needle café')).toEqual(['Café', 'NEEDLE']);
    }
    expect(await cut(hay.repeat(5_000), 'needle')).toBeNull();
  });

  it('lets other work in while it looks through a long text', async () => {
    let asked = 0;
    const pause = () => void (asked += 1);
    await findWords('hay '.repeat(50_000), ['needle'], pause as () => undefined);
    expect(asked).toBeGreaterThan(10);
  });

  it('ends with letters of endless marks, and with words of endless letters', async () => {
    const marked = `a${'\u0301'.repeat(50_000)}b`;
    expect((await cut(marked, 'á'))?.[0]).toHaveLength(50_001);
    expect((await cut(marked, foldForSearch(marked)))?.[0]).toHaveLength(50_001);
    expect(await cut('ab'.repeat(50_000), 'ab'.repeat(100))).not.toBeNull();
  });

  it('joins what overlaps', async () => {
    expect(await cut('abcd', 'abc bcd')).toEqual(['abcd']);
  });

  it('has no words in blanks', () => {
    expect(wordsOf(' \n\t')).toEqual([]);
    expect(foldForSearch('ÀB')).toBe('àb');
  });
});
