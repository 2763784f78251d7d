import { waitUntil } from '@open-wc/testing';

/** Ample for a machine with other things to do; what never comes is told after it. */
const PATIENCE_MS = 10_000;

/** Waits until something holds. */
export async function until(condition: () => boolean, what?: string): Promise<void> {
  await waitUntil(condition, what, { timeout: PATIENCE_MS, interval: 10 });
}
