import type { CallOptions } from '../chat-client.js';

/**
 * Every row of a list, asking for the next page only when the last one has been used up.
 *
 * @param rowsOf the rows of a page, in the order they are to come
 */
export async function* paginate<
  Query extends object,
  Page extends { next_cursor: string | null },
  Row,
>(
  list: (query: Query, options?: CallOptions) => Promise<Page>,
  rowsOf: (page: Page) => readonly Row[],
  query?: Omit<Query, 'cursor'>,
  options?: CallOptions,
): AsyncGenerator<Row, void> {
  let cursor: string | null | undefined;
  do {
    const page = await list({ ...query, cursor } as unknown as Query, options);
    yield* rowsOf(page);
    cursor = page.next_cursor;
  } while (cursor !== null);
}
