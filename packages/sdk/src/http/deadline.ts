/** An abort signal that fires for its parents, and by itself when time runs out. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it was the time that ran out. */
  readonly expired: () => boolean;
  /** Starts the time anew; called for every sign of life. */
  restart(timeoutMs: number): void;
  /** Ends the timer; the parents keep working. */
  clear(): void;
  abort(): void;
}

export function createDeadline(
  timeoutMs: number,
  parents: readonly (AbortSignal | undefined)[],
): Deadline {
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasExpired = false;
  const clear = () => clearTimeout(timer);
  const restart = (ms: number) => {
    clear();
    timer = setTimeout(() => {
      hasExpired = true;
      own.abort();
    }, ms);
  };
  restart(timeoutMs);
  return {
    signal: AbortSignal.any([own.signal, ...parents.filter((parent) => parent !== undefined)]),
    expired: () => hasExpired,
    restart,
    clear,
    abort: () => {
      clear();
      own.abort();
    },
  };
}
