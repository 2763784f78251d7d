/** How far one search looks before it answers with what it has found. */
export interface SearchBounds {
  /** Messages in the first slice; how long it takes says how large the next may be. */
  firstSlice: number;
  largestSlice: number;
  /** After so long no further slice is begun; 50 by default. */
  budgetMs?: number;
  /** A clock that never goes back, in milliseconds; the process's own by default. */
  now?: () => number;
}

export interface SearchPace {
  /** Always for the first slice, so that every search gets on; later while the budget lasts. */
  hasTime(): boolean;
  /** Whether the budget is gone, also within the first slice. */
  isSpent(): boolean;
  /** @returns how many messages the slice that begins now may look through */
  beginSlice(): number;
  endSlice(): void;
}

/** Leaves the rest of a request's 100 ms to the slice it ends with and to the way there and back. */
const BUDGET_MS = 50;
/** Other work waits for a slice to end. A quick one makes the next larger, a slow one smaller. */
const QUICK_MS = 8;
const SLOW_MS = 24;
const GROWTH = 4;

/**
 * Cuts a search into slices short enough for other work to come in between, and few enough for one
 * request. Measured rather than counted: what it costs to look through a message differs a
 * thousandfold between a word that no message could hold and one that every second may.
 */
export function startPace(bounds: SearchBounds): SearchPace {
  const { firstSlice, largestSlice, budgetMs = BUDGET_MS } = bounds;
  const { now = () => performance.now() } = bounds;
  const startedAt = now();
  let size = firstSlice;
  let slices = 0;
  let sliceAt = startedAt;
  const isSpent = () => now() - startedAt >= budgetMs;
  return {
    hasTime: () => slices === 0 || !isSpent(),
    isSpent,
    beginSlice() {
      sliceAt = now();
      return size;
    },
    endSlice() {
      const takenMs = now() - sliceAt;
      slices += 1;
      if (takenMs < QUICK_MS) size = Math.min(largestSlice, size * GROWTH);
      if (takenMs > SLOW_MS) size = Math.max(firstSlice, Math.floor(size / GROWTH));
    },
  };
}

/** The page of a search that has found at least one more than it takes, so that there is another. */
export function cutPage<Hit extends { message: { id: string } }>(
  hits: readonly Hit[],
  limit: number,
): { hits: Hit[]; nextAfter: string | null } {
  const page = hits.slice(0, limit);
  return { hits: page, nextAfter: page.at(-1)?.message.id ?? null };
}
