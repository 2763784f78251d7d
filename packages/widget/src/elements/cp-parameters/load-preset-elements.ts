/**
 * Fetches and registers what shows presets. Asking again costs nothing.
 *
 * @throws TypeError when the file cannot be fetched
 */
export async function loadPresetElements(): Promise<void> {
  await import('../../define-presets.js');
}
