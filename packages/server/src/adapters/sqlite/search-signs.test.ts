import { expect, it } from 'vitest';
import {
  blockAround,
  LARGEST_BLOCK,
  ownerTrigram,
  placeSigns,
  SMALLEST_BLOCK,
} from './search-signs.js';

const SIZES = [SMALLEST_BLOCK, LARGEST_BLOCK / 4, LARGEST_BLOCK];
/** First and last rows of blocks of every size, and one of a very full file. */
const ROWS = [
  ...[1, SMALLEST_BLOCK, LARGEST_BLOCK].flatMap((row) => [row - 1, row, row + 1]),
  ...[3, 5, 17].map((count) => count * SMALLEST_BLOCK),
  2 ** 33,
];
const trigramsOf = (signs: string) => {
  const letters = [...signs];
  return letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
};

it('names for a row its blocks of every size, and no other block', () => {
  for (const size of SIZES) {
    for (const row of ROWS) {
      const { from, trigram } = blockAround(row, size);
      expect(row - from).toBeGreaterThanOrEqual(0);
      expect(row - from).toBeLessThan(size);
      const inside = ROWS.filter((other) => trigramsOf(placeSigns(other)).includes(trigram));
      expect(inside).toEqual(ROWS.filter((other) => other >= from && other < from + size));
    }
  }
});

it('takes the smallest block that is large enough, or the largest', () => {
  const row = 2 ** 33 - 1;
  expect(row + 1 - blockAround(row, 2).from).toBe(SMALLEST_BLOCK);
  expect(row + 1 - blockAround(row, SMALLEST_BLOCK + 1).from).toBe(SMALLEST_BLOCK * 4);
  expect(row + 1 - blockAround(row, 2 * LARGEST_BLOCK).from).toBe(LARGEST_BLOCK);
});

it('gives every owner another trigram, none of them a block', () => {
  const numbers = [1, 2, 1_023, 1_024, 2 ** 20, 2 ** 30 - 1];
  const owners = numbers.map(ownerTrigram);
  expect(new Set(owners).size).toBe(numbers.length);
  expect(owners.map((owner) => [...owner].length)).toEqual(numbers.map(() => 3));
  const places = ROWS.flatMap((row) => trigramsOf(placeSigns(row)));
  expect(owners.filter((owner) => places.includes(owner))).toEqual([]);
});
