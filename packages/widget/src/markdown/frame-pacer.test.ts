import { expect } from '@open-wc/testing';
import { FramePacer } from './frame-pacer.js';

const AN_HOUR_MS = 3_600_000;

/** Passes the given time at every call of `performance.now`, or none. */
function fakeClock() {
  const real = performance.now.bind(performance);
  let nowMs = real();
  performance.now = () => nowMs;
  return {
    pass: (ms: number) => (nowMs += ms),
    restore: () => {
      performance.now = real;
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('FramePacer', () => {
  let clock: ReturnType<typeof fakeClock>;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => clock.restore());

  it('runs at once when it has not run lately, and then waits', async () => {
    let runs = 0;
    const pacer = new FramePacer(() => void (runs += 1), { pauseMs: AN_HOUR_MS });
    pacer.request();
    await settled();
    pacer.request();
    expect(runs).to.equal(1);
    pacer.cancel();
    clock.pass(AN_HOUR_MS);
    pacer.request();
    expect(runs).to.equal(2);
  });

  it('runs once for all that was asked for in a pause', async () => {
    let runs = 0;
    let handleRun: () => void = () => undefined;
    const again = new Promise<void>((resolve) => (handleRun = resolve));
    const pacer = new FramePacer(
      () => {
        runs += 1;
        if (runs === 2) handleRun();
      },
      { pauseMs: 30 },
    );
    pacer.request();
    await settled();
    for (let count = 0; count < 5; count += 1) pacer.request();
    expect(runs).to.equal(1);
    await again;
    await settled();
    expect(runs).to.equal(2);
  });

  it('waits longer after a run that took long', async () => {
    let runs = 0;
    const pacer = new FramePacer(
      async () => {
        runs += 1;
        await settled();
        clock.pass(10);
      },
      { pauseMs: 30, largestShare: 1 / 16 },
    );
    pacer.request();
    await settled();
    await settled();
    clock.pass(60);
    pacer.request();
    expect(runs, 'within 70 ms of the start').to.equal(1);
    pacer.cancel();
    clock.pass(90);
    pacer.request();
    expect(runs, 'after 160 ms').to.equal(2);
  });

  it('does not begin anew while it is still running', async () => {
    let runs = 0;
    let finish: () => void = () => undefined;
    const pacer = new FramePacer(
      () => {
        runs += 1;
        return new Promise<void>((resolve) => (finish = resolve));
      },
      { pauseMs: 0 },
    );
    pacer.request();
    pacer.request();
    await settled();
    expect(runs).to.equal(1);
    finish();
    await settled();
    await settled();
    expect(runs).to.equal(2);
    pacer.cancel();
  });
});
