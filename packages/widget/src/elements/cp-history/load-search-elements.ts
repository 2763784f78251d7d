/**
 * Fetches and registers what shows found messages. Asking again costs nothing.
 *
 * @throws TypeError when the file cannot be fetched
 */
export async function loadSearchElements(): Promise<void> {
  await import('../../define-search.js');
}
