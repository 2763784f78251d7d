import type { Clock } from '../ports/clock.js';
import type { Storage } from '../ports/storage.js';
import { UNDO_WINDOW_MS } from './delete-chat.js';

/** A restore that was asked for in time may still be on its way. */
const UNDO_LEEWAY_MS = 5_000;
/** How long the events of an ended reply stay readable; its text stays for good. */
const EVENT_RETENTION_MS = 60 * 60 * 1000;
/** Small, so that each step holds the database only for a moment. */
const BATCH = 50;

interface PurgeDeps {
  storage: Storage;
  clock: Clock;
}

/** Removes for good the chats whose undo window is over. @returns how many */
export function purgeDeletedChats({ storage, clock }: PurgeDeps): Promise<number> {
  const deletedBefore = clock.now() - UNDO_WINDOW_MS - UNDO_LEEWAY_MS;
  return inBatches(() => storage.purgeChats(deletedBefore, BATCH));
}

/** Drops the event logs nobody will resume any more. @returns how many */
export function purgeReplyEvents({ storage, clock }: PurgeDeps): Promise<number> {
  const endedBefore = clock.now() - EVENT_RETENTION_MS;
  return inBatches(() => storage.purgeReplyEvents(endedBefore, BATCH));
}

async function inBatches(removeBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await removeBatch();
    total += removed;
    if (removed < BATCH) return total;
  }
}
