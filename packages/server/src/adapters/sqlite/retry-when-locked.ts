import { setTimeout as delay } from 'node:timers/promises';
import { isLocked } from './sqlite-errors.js';

/** How long a verb waits for another program's lock before it gives up, in milliseconds. */
const WAIT_MS = 2_000;
/** Pauses between two attempts, in milliseconds; they grow. */
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 50;

/**
 * Does something again for as long as another program's lock is in its way. SQLite's own waiting
 * would stop the event loop, and with it all replies that are being read.
 *
 * @param work does nothing at all when it meets a lock
 */
export async function retryWhenLocked<Result>(
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const givesUpAt = performance.now() + WAIT_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= givesUpAt) throw error;
    }
    await delay(pauseMs);
  }
}

/** The same verbs, each of which waits while the file is locked. */
export function waitingForLocks<Verbs extends object>(verbs: Verbs): Verbs {
  const wrapped = Object.entries(verbs).map(([name, verb]) => {
    const call = verb as (...args: unknown[]) => Promise<unknown>;
    return [name, (...args: unknown[]) => retryWhenLocked(() => call(...args))];
  });
  return Object.fromEntries(wrapped) as Verbs;
}
