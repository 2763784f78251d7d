import { expect, it } from 'vitest';
import type { ConnectionStatus, Realtime } from '../realtime/realtime.js';
import { createConnectionStore } from './connection-store.js';

/** A live connection that is whatever the test says. */
function createRealtime() {
  let listener: (status: ConnectionStatus) => void = () => undefined;
  let status: ConnectionStatus = 'idle';
  const realtime: Realtime = {
    connect: async () => undefined,
    disconnect: () => undefined,
    status: () => status,
    onEvent: () => () => undefined,
    onStatus: (added) => {
      listener = added;
      return () => undefined;
    },
  };
  const become = (next: ConnectionStatus) => {
    status = next;
    listener(next);
  };
  return { realtime, become };
}

it('catches up whenever the connection opens, the first time and after another tab’s', () => {
  const { realtime, become } = createRealtime();
  let catchUps = 0;
  const store = createConnectionStore({
    realtime,
    catchUp: async () => {
      catchUps += 1;
      return true;
    },
    pollIntervalMs: 1_000,
  });
  store.open();
  become('connecting');
  expect(catchUps).toBe(0);
  become('online');
  expect(catchUps).toBe(1);
  // The tab that had the connection is gone, and this or a third one opens it anew.
  become('connecting');
  expect(store.$connection.get()).toBe('online');
  become('online');
  expect(catchUps).toBe(2);
  store.close();
});
