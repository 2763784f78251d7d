import { describe, expect, it } from 'vitest';
import { createThinkSplitter } from './think-tags.js';

function split(pieces: string[]) {
  const splitter = createThinkSplitter();
  const out = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()];
  const join = (type: string) =>
    out.map((piece) => (piece.type === type ? piece.text : '')).join('');
  return { reasoning: join('reasoning'), text: join('text') };
}

describe('createThinkSplitter', () => {
  it.each([
    [
      '<think>a < b </thin k></think>\n\nSo <think> is a tag.',
      'a < b </thin k>',
      'So <think> is a tag.',
    ],
    ['\n<think>\nhm</think>yes', '\nhm', 'yes'],
    ['<thinker>no', '', '<thinker>no'],
    ['plain </think> text', '', 'plain </think> text'],
    ['<think>never ends </thi', 'never ends </thi', ''],
    ['<thi', '', '<thi'],
  ])('splits %j wherever it is cut', (whole, reasoning, text) => {
    for (let first = 0; first <= whole.length; first += 1) {
      for (let second = first; second <= whole.length; second += 1) {
        const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
        expect(split(pieces)).toEqual({ reasoning, text });
      }
    }
  });
});
