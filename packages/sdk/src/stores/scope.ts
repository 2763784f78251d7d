/** What is begun for one thing on show; it ends when the next takes its place. */
export interface Scope {
  signal(): AbortSignal;
  /** Ends what was begun before. @returns the next signal */
  renew(): AbortSignal;
}

export function createScope(): Scope {
  let current = new AbortController();
  return {
    signal: () => current.signal,
    renew: () => {
      current.abort();
      current = new AbortController();
      return current.signal;
    },
  };
}
