/** Every row of a list, asking for the next page only when the last one has been used up. */
export async function* paginate<T>(
  loadPage: (cursor: string | undefined) => Promise<{ rows: readonly T[]; next: string | null }>,
): AsyncGenerator<T, void> {
  let cursor: string | undefined;
  do {
    const page = await loadPage(cursor);
    yield* page.rows;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
