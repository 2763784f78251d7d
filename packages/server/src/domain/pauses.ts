/** What long work asks between two steps: a promise to wait for, when others are to get their turn. */
export type Pause = () => Promise<void> | undefined;

/** Work without a pause, in milliseconds: what others wait at most, with a step on top. */
const STEADY_MS = 10;

/** Lets other work in whenever this one has gone on for 10 ms. One for each piece of work. */
export function createPauses(now: () => number = () => performance.now()): Pause {
  let since = now();
  return () => {
    if (now() - since < STEADY_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = now();
        resolve();
      });
    });
  };
}
