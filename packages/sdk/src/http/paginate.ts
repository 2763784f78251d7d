import type { CallOptions } from '../chat-client.js';

/**
 * Every row of a list, asking for the next page only when the last one has been used up. Ends when a
 * cursor comes a second time: from there on the pages would repeat.
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
  const seen: (string | null | undefined)[] = [null];
  let cursor: string | null | undefined;
  do {
    seen.push(cursor);
    const page = await list({ ...query, cursor } as unknown as Query, options);
    yield* rowsOf(page);
    cursor = page.next_cursor;
  } while (!seen.includes(cursor));
}
