import { useSyncExternalStore } from 'react';

interface Store<Value> {
  get(): Value;
  listen(listener: () => void): () => void;
}

/** A store's value now, and a new drawing whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  return useSyncExternalStore(store.listen, store.get, store.get);
}
