/** What browsers report for a key that an input method is still using. */
const KEY_CODE_OF_INPUT_METHOD = 229;

/**
 * Whether a key belongs to an input method that composes a word. Safari ends composing before it
 * tells of the key that ended it: only the key's code says whose it was.
 */
export function isOfInputMethod(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === KEY_CODE_OF_INPUT_METHOD;
}
