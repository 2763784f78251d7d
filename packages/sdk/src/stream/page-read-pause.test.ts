import { expect, it } from 'vitest';
import { pageReadPause } from './page-read-pause.js';

/** How often a page reads a steady stream, in the end. */
function settledPause(eventsPerSecond: number, firstPauseMs: number): number {
  let pauseMs = firstPauseMs;
  for (let reads = 0; reads < 10; reads += 1) {
    pauseMs = pageReadPause(Math.floor((eventsPerSecond * pauseMs) / 1000));
  }
  return pauseMs;
}

it.each([1, 20, 50, 75])('reads twenty times a second at %d tokens a second', (speed) => {
  expect(settledPause(speed, 45)).toBe(45);
  expect(settledPause(speed, 100)).toBe(45);
});

it.each([200, 500, 5_000])(
  'reads ten times a second at %d, which nobody reads along with',
  (speed) => {
    expect(settledPause(speed, 45)).toBe(100);
  },
);

it('stays as it is at a speed in between', () => {
  expect(settledPause(120, 45)).toBe(45);
  expect(settledPause(120, 100)).toBe(100);
});
