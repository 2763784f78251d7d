/** What a tab learns about the lock it claims. */
export interface LockEvents {
  /** It holds the lock now: until it gives it up, or the tab ends. */
  onHeld: () => void;
  /** Another tab has seized it; this one is in line again. */
  onLost: () => void;
}

export interface LockClaim {
  /** Takes the lock from a holder that no longer answers, and ahead of those in line. */
  seize(): void;
  /** Gives up the lock, or the place in line. Neither event comes after it. */
  release(): void;
}

/**
 * Gets in line for a lock that one tab of the browser holds at a time. The browser itself passes it
 * on when its holder is closed or crashes.
 *
 * @param name shared by those who compete
 */
export function claimLock(name: string, events: LockEvents): LockClaim {
  let end = (): void => undefined;

  const request = (isSeizing: boolean) => {
    const waiting = new AbortController();
    let letGo = () => waiting.abort();
    let isEnded = false;
    let isHeld = false;
    end = () => {
      isEnded = true;
      letGo();
    };
    const hold = () => {
      // Released after it was granted, and before this was called.
      if (isEnded) return undefined;
      isHeld = true;
      events.onHeld();
      return new Promise<void>((resolve) => {
        letGo = resolve;
      });
    };
    // Seizing does not wait, so it takes no signal.
    const options = isSeizing ? { steal: true } : { signal: waiting.signal };
    navigator.locks.request(name, options, hold).catch(() => {
      if (isEnded) return;
      // Never granted, since the browser refuses locks here: better two holders than none.
      if (!isHeld) return events.onHeld();
      events.onLost();
      request(false);
    });
  };
  request(false);

  return {
    seize: () => {
      end();
      request(true);
    },
    release: () => end(),
  };
}
