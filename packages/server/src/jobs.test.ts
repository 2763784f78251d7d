import { describe, expect, it } from 'vitest';
import { startJobs } from './jobs.js';

/** A job whose every run waits until it is let go. */
function createHeldJob() {
  const starts: (() => void)[] = [];
  let finish: () => void = () => undefined;
  let started = 0;
  return {
    job: {
      name: 'held',
      everyMs: 1,
      run() {
        started += 1;
        starts.shift()?.();
        return new Promise<void>((resolve) => (finish = resolve));
      },
    },
    finish: () => finish(),
    started: () => started,
    nextStart: () => new Promise<void>((resolve) => starts.push(resolve)),
  };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('jobs', () => {
  it('begin at once, come again, and never run beside themselves', async () => {
    const held = createHeldJob();
    let ticks = 0;
    let reachEnough: () => void;
    const enough = new Promise<void>((resolve) => (reachEnough = resolve));
    const ticker = {
      name: 'ticker',
      everyMs: 1,
      run: async () => {
        ticks += 1;
        if (ticks === 5) reachEnough();
      },
    };
    const stop = startJobs([held.job, ticker], silent);
    expect(held.started()).toBe(1);
    await enough;
    expect(held.started()).toBe(1);
    const again = held.nextStart();
    held.finish();
    await again;
    const stopped = stop();
    held.finish();
    await stopped;
    expect(held.started()).toBe(2);
  });

  it('that fail are logged and tried again', async () => {
    const errors: unknown[] = [];
    const failure = new Error('the database is busy');
    let runs = 0;
    let recovered: () => void;
    const recovery = new Promise<void>((resolve) => (recovered = resolve));
    const run = async () => {
      runs += 1;
      if (runs === 1) throw failure;
      recovered();
    };
    const logger = { ...silent, error: (fields: object) => errors.push(fields) };
    const stop = startJobs([{ name: 'shaky', everyMs: 1, run }], logger);
    await recovery;
    await stop();
    expect(errors).toEqual([{ err: failure, job: 'shaky' }]);
  });
});
