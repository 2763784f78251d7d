/** A tab frozen while holding the lock must not hold up the others for longer than this. */
const LOCK_WAIT_MS = 5_000;

/**
 * Runs `work` while no other tab runs work under the same name, where the browser has Web Locks;
 * elsewhere, or after too long a wait, runs it at once.
 */
export async function withLock<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
  if (!locks || name === undefined) return work();
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return work();
  };
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(LOCK_WAIT_MS) }, begin);
  } catch (error) {
    if (hasBegun) throw error;
    return work();
  }
}
