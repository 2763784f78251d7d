/** Text that a page holds, in UTF-16 code units, before it is ended: what waits for a slow reader. */
export const MAX_PAGE_LENGTH = 512 * 1024;

/** Rows enough to begin with where each may be as long as a row can be. */
const FIRST_ROWS = 8;

export interface PageSize {
  /** Rows of the next page. */
  rows(): number;
  /** @param length of the texts of the page just read, in UTF-16 code units */
  handlePage(length: number): void;
}

/**
 * Pages by bytes as well as by rows, where how long a row is shows only when it is read: short rows
 * make the next page larger, long ones smaller.
 *
 * @param growth how many times larger; more where each page costs a query of its own
 */
export function createPageSize(mostRows: number, growth = 2): PageSize {
  let rows = Math.min(FIRST_ROWS, mostRows);
  return {
    rows: () => rows,
    handlePage(length) {
      if (length > MAX_PAGE_LENGTH) rows = Math.max(1, Math.floor(rows / 2));
      else if (length * 4 < MAX_PAGE_LENGTH) rows = Math.min(mostRows, rows * growth);
    },
  };
}

/** What a message weighs in a page, in UTF-16 code units. */
export function lengthOf({ content, reasoning }: { content: string; reasoning: string }): number {
  return content.length + reasoning.length;
}
