/**
 * Fetches and registers the sheets that open over the widget. Asking again costs nothing.
 *
 * @throws TypeError when the file cannot be fetched
 */
export async function loadSheets(): Promise<void> {
  await import('../../define-sheets.js');
}
