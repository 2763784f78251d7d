/** Replies whose ending storage does not take yet; they wait in memory. */
export interface UnsavedEndings {
  /** @param bytes what the reply holds in memory @returns whether there is room to wait */
  hold(messageId: string, bytes: number): boolean;
  release(messageId: string): void;
  count(): number;
}

/** Bytes that replies may hold while they wait, together; 64 MiB by default. */
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** @param maxBytes of text, counted as two bytes a UTF-16 unit */
export function createUnsavedEndings(maxBytes = DEFAULT_MAX_BYTES): UnsavedEndings {
  const held = new Map<string, number>();
  let total = 0;
  return {
    hold(messageId, bytes) {
      const added = bytes - (held.get(messageId) ?? 0);
      if (total + added > maxBytes) return false;
      held.set(messageId, bytes);
      total += added;
      return true;
    },
    release(messageId) {
      total -= held.get(messageId) ?? 0;
      held.delete(messageId);
    },
    count: () => held.size,
  };
}
