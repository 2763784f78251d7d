import type { ReadableAtom } from 'nanostores';

/** Resolves with a store's value as soon as it is what is waited for. */
export function until<Value>(
  store: ReadableAtom<Value>,
  isReached: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve) => {
    const now = store.get();
    if (isReached(now)) return resolve(now);
    const stop = store.listen(() => {
      const value = store.get();
      if (!isReached(value)) return;
      stop();
      resolve(value);
    });
    return undefined;
  });
}
