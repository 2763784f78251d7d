import { atom, type ReadableAtom } from 'nanostores';
import type { Realtime, ConnectionStatus } from '../realtime/realtime.js';

export interface ConnectionStore {
  readonly $connection: ReadableAtom<ConnectionStatus>;
  open(): void;
  close(): void;
}

export interface ConnectionStoreDeps {
  realtime: Realtime;
  /** Loads what may have been missed. @returns whether the server could be reached */
  catchUp: () => Promise<boolean>;
  /** Between two looks while the live connection cannot be had, in milliseconds. */
  pollIntervalMs: number;
}

/**
 * Keeps the stores current: by the live connection, with a catch-up whenever it opens, and where
 * it cannot be had (a proxy without websockets) by asking now and then. `$connection` is therefore
 * `online` as long as the server answers at all.
 */
export function createConnectionStore(deps: ConnectionStoreDeps): ConnectionStore {
  const { realtime } = deps;
  const $connection = atom<ConnectionStatus>('idle');
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let removeStatus: () => void = () => undefined;
  /** Counts polls, so that of two that overlap only the later goes on. */
  let round = 0;

  const poll = async () => {
    clearTimeout(timer);
    const own = (round += 1);
    const isReached = await deps.catchUp();
    if (!isOpen || own !== round || realtime.status() === 'online') return;
    $connection.set(isReached ? 'online' : 'offline');
    timer = setTimeout(pollSoon, deps.pollIntervalMs);
  };
  const pollSoon = () => {
    // Nobody looks at a hidden page; it catches up when it is shown again.
    if (globalThis.document?.visibilityState === 'hidden') {
      timer = setTimeout(pollSoon, deps.pollIntervalMs);
    } else void poll();
  };

  const handleStatus = (status: ConnectionStatus) => {
    switch (status) {
      case 'online':
        clearTimeout(timer);
        $connection.set('online');
        // The first time too: what was loaded while it opened may have changed before it was open.
        void deps.catchUp();
        return;
      case 'offline':
        void poll();
        return;
      case 'connecting':
        if ($connection.get() === 'idle') $connection.set('connecting');
        return;
      case 'idle':
        clearTimeout(timer);
        $connection.set('idle');
    }
  };

  return {
    $connection,
    open: () => {
      if (!isOpen) removeStatus = realtime.onStatus(handleStatus);
      isOpen = true;
      // A first failure is a status like any later one; the client keeps trying.
      realtime.connect().catch(() => undefined);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      clearTimeout(timer);
      realtime.disconnect();
      removeStatus();
      $connection.set('idle');
    },
  };
}
