import { expect, it } from 'vitest';
import { startPace } from './search-pace.js';

/** A pace whose slices take as long as the test says. */
function start(budgetMs: number) {
  let at = 0;
  const bounds = { firstSlice: 10, largestSlice: 160, budgetMs, now: () => at };
  const pace = startPace(bounds);
  const take = (ms: number) => {
    const size = pace.beginSlice();
    at += ms;
    pace.endSlice();
    return size;
  };
  return { pace, take, wait: (ms: number) => (at += ms) };
}

it('takes larger slices while they are quick and smaller ones when they are slow, within bounds', () => {
  const { take } = start(1_000);
  expect([1, 1, 1, 15, 30, 15, 30, 30, 1].map(take)).toEqual([
    10, 40, 160, 160, 160, 40, 40, 10, 10,
  ]);
});

it('has time for the first slice always, and for no other once the budget is spent', () => {
  const { pace, take, wait } = start(20);
  wait(500);
  expect(pace.hasTime()).toBe(true);
  take(1);
  expect(pace.hasTime()).toBe(false);
  const inTime = start(20);
  inTime.take(19);
  expect(inTime.pace.hasTime()).toBe(true);
  inTime.take(1);
  expect(inTime.pace.hasTime()).toBe(false);
});

it('does not count what other work took between two slices', () => {
  const { take, wait } = start(1_000);
  take(1);
  wait(100);
  expect([1, 1].map(take)).toEqual([40, 160]);
});
