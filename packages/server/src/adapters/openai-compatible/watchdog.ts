export interface Watchdog {
  /** Aborts with the caller's signal, or when the other side was silent for too long. */
  readonly signal: AbortSignal;
  /** How long it was silent when it was given up, in milliseconds; null otherwise. */
  readonly gaveUpAfterMs: number | null;
  /** Something came: from now on the idle limit counts. */
  touch(): void;
  /** Ends the request, if it is still under way, and the watch. */
  stop(): void;
}

/** Made once: an error of its own for each request, with its stack, costs more than the abort. */
const OVER = new DOMException('The request is over.', 'AbortError');

/** Gives a request up that stays silent: first for `firstByteMs`, later for `idleMs`. */
export function createWatchdog(
  caller: AbortSignal,
  { firstByteMs, idleMs }: { firstByteMs: number; idleMs: number },
): Watchdog {
  const controller = new AbortController();
  let gaveUpAfterMs: number | null = null;
  let hasBegun = false;
  const giveUp = (afterMs: number) => () => {
    gaveUpAfterMs = afterMs;
    controller.abort();
  };
  let timer = setTimeout(giveUp(firstByteMs), firstByteMs);
  const handleAbort = () => controller.abort(caller.reason);
  if (caller.aborted) handleAbort();
  else caller.addEventListener('abort', handleAbort, { once: true });
  return {
    signal: controller.signal,
    get gaveUpAfterMs() {
      return gaveUpAfterMs;
    },
    touch() {
      if (hasBegun) {
        timer.refresh();
        return;
      }
      hasBegun = true;
      clearTimeout(timer);
      timer = setTimeout(giveUp(idleMs), idleMs);
    },
    stop() {
      clearTimeout(timer);
      caller.removeEventListener('abort', handleAbort);
      controller.abort(OVER);
    },
  };
}
