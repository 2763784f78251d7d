/** What long work asks between two steps: a promise to wait for, when it is another's turn. */
export type Pause = () => Promise<void> | undefined;

export interface Turns {
  /** For one piece of work: its first step waits for a turn as well. */
  enter(): Pause;
}

/** Work without a pause, in milliseconds. */
const TURN_MS = 10;

/**
 * Lets long work go on for 10 ms at a time, and one piece of it in each round of the event loop:
 * what is short waits for one turn and one step, however many long ones there are.
 *
 * @param now a clock that never goes back, in milliseconds
 */
export function createTurns(now: () => number = () => performance.now()): Turns {
  const waiting: (() => void)[] = [];
  const admitOne = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(admitOne);
  };
  const wait = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(admitOne);
    });
  return {
    enter() {
      let endsAt = -Infinity;
      return () => {
        if (now() < endsAt) return undefined;
        return wait().then(() => {
          endsAt = now() + TURN_MS;
        });
      };
    },
  };
}
