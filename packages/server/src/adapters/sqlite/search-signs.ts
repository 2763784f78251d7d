/**
 * What the search index knows of a message beside its text, as trigrams of signs that no text uses
 * (Unicode leaves them to private use): whose it is, and in which blocks of rows. A search for words
 * of an owner in a block goes through those three lists together, so it skips whatever is another
 * owner's or in another block, instead of reading and dropping it.
 *
 * The five signs of a row overlap: the first three name its large block, the next its middle one,
 * the last three its small one.
 */
const OWNER_SIGNS = 0xf0000;
const BITS_OF_OWNER_SIGN = 10;
const LEAD = String.fromCodePoint(0xf0400);
const SMALL_SIGNS = 0xf0800;
const MIDDLE_SIGNS = 0xf0900;
const LARGE_SIGNS = 0xf1000;

const GROWTH = 4;
/** Rows of the smallest blocks. A block of the next level holds four of those before. */
export const SMALLEST_BLOCK = 16_384;
const SIZES = [SMALLEST_BLOCK, SMALLEST_BLOCK * GROWTH, SMALLEST_BLOCK * GROWTH ** 2] as const;
const [SMALL, MIDDLE, LARGE] = SIZES;
export const LARGEST_BLOCK = LARGE;

/** Some rows that follow each other and that the index can be asked for. */
export interface Block {
  /** Its first row. */
  from: number;
  trigram: string;
}

/** @param number of the owner's row, below 2^30 */
export function ownerTrigram(number: number): string {
  const mask = 2 ** BITS_OF_OWNER_SIGN - 1;
  const signs = [2, 1, 0].map((place) => (number >>> (place * BITS_OF_OWNER_SIGN)) & mask);
  return String.fromCodePoint(...signs.map((sign) => OWNER_SIGNS + sign));
}

/** What stands in the index for the place of a row. */
export function placeSigns(row: number): string {
  return (
    LEAD +
    LEAD +
    String.fromCodePoint(
      LARGE_SIGNS + Math.floor(row / LARGE),
      MIDDLE_SIGNS + (Math.floor(row / MIDDLE) % GROWTH),
      SMALL_SIGNS + (Math.floor(row / SMALL) % GROWTH),
    )
  );
}

/** The block around a row that is the smallest of at least `size` rows, or the largest there is. */
export function blockAround(row: number, size: number): Block {
  const fitting = SIZES.findIndex((rows) => rows >= size);
  const level = fitting < 0 ? SIZES.length - 1 : fitting;
  const rows = SIZES[level] ?? LARGE;
  const first = SIZES.length - 1 - level;
  return {
    from: row - (row % rows),
    trigram: [...placeSigns(row)].slice(first, first + 3).join(''),
  };
}
