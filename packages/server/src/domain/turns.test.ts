import { expect, it } from 'vitest';
import { createTurns } from './turns.js';

/** Works in steps of 4 ms of a clock that only work moves. */
function start(works: number, steps: number) {
  let time = 0;
  const turns = createTurns(() => time);
  const done: number[] = [];
  const work = async (name: number) => {
    const pause = turns.enter();
    for (let step = 0; step < steps; step++) {
      await pause();
      time += 4;
      done.push(name);
    }
  };
  return { all: Promise.all(Array.from({ length: works }, (_, name) => work(name))), done };
}

it('gives each piece of work three steps of 4 ms, then the next its turn', async () => {
  const { all, done } = start(2, 6);
  await all;
  expect(done).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
});

it('lets what is short in between any two turns', async () => {
  const { all, done } = start(20, 3);
  const seen: number[] = [];
  const look = () => {
    seen.push(done.length);
    if (done.length < 60) setImmediate(look);
  };
  setImmediate(look);
  await all;
  const steps = seen.map((count, index) => count - (seen[index - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(3);
});
