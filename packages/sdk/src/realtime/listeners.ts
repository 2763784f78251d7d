/** A set of callbacks; one that is added or removed while they are called takes effect next time. */
export function createListeners<T>(): {
  /** @returns the removal */
  add: (listener: (value: T) => void) => () => void;
  emit: (value: T) => void;
} {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
  };
}
