import type { Day, UsageEntry, UsageSum } from '../domain/usage.js';

/** What users have spent. It outlives the chats it was spent on, and goes with the account. */
export interface UsageStorage {
  /**
   * Keeps an entry, once for each message and kind: what comes later under the same changes nothing.
   * Of a user who is gone nothing is kept.
   */
  recordUsage(entry: UsageEntry): Promise<void>;
  /**
   * What was spent from one day to another, both included, by day, model and kind, in no order.
   * Costs the entries of those days alone, so that it may be asked before every send.
   */
  sumUsage(ownerId: string, days: { from: Day; to: Day }): Promise<UsageSum[]>;
}
