import { describe, expect, it } from 'vitest';
import { cutSnippet } from './snippet.js';

const marked = (text: string, word: string) => {
  const at = text.indexOf(word);
  const { snippet, ranges } = cutSnippet(text, [[at, at + word.length]]);
  return { snippet, matches: ranges.map(([start, end]) => snippet.slice(start, end)) };
};

describe('a snippet', () => {
  it('is the whole of a short text, on one line', () => {
    expect(marked('one\ntwo\tthree', 'two')).toEqual({
      snippet: 'one two three',
      matches: ['two'],
    });
  });

  it('is cut around the first match of a long one', () => {
    const { snippet, matches } = marked(
      `${'before '.repeat(99)}here${' after'.repeat(99)}`,
      'here',
    );
    expect(matches).toEqual(['here']);
    expect(snippet).toMatch(/^….*here.*…$/);
    expect(snippet.length).toBeLessThanOrEqual(162);
  });

  it('tears no grapheme apart, wherever it is cut', () => {
    const graphemes = ['👩🏽‍💻', 'น้ำ', 'กี่', 'é', '🇹🇭'];
    for (let lead = 0; lead < 60; lead += 1) {
      const text = `${'x'.repeat(lead)}${graphemes.join('').repeat(20)}here${graphemes.join('').repeat(20)}`;
      const { snippet } = marked(text, 'here');
      const inner = snippet.replaceAll('…', '');
      expect(text).toContain(inner);
      const whole = new Set([...new Intl.Segmenter().segment(text)].map(({ segment }) => segment));
      for (const { segment } of new Intl.Segmenter().segment(inner))
        expect(whole).toContain(segment);
    }
  });

  it('drops matches beyond it and shortens one that reaches over its end', () => {
    const text = `start ${'y'.repeat(400)} end`;
    const { snippet, ranges } = cutSnippet(text, [
      [0, 5],
      [6, 406],
      [407, 410],
    ]);
    expect(ranges).toEqual([
      [0, 5],
      [6, 160],
    ]);
    expect(snippet).toHaveLength(161);
  });
});
