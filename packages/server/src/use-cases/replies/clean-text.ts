/** Longest delta of one event, in UTF-16 code units; longer ones become several events. */
const MAX_DELTA_LENGTH = 8192;

const HIGH_SURROGATE_END = /[\uD800-\uDBFF]$/;

/**
 * Makes a provider's text fit to be stored and sent: well-formed, without NUL, in bounded pieces.
 * Half of a character that was split between two deltas is held back until the other half comes.
 */
export function createTextCleaner(): { push(text: string): string[]; flush(): string[] } {
  let held = '';
  return {
    push(text) {
      let whole = held + text;
      held = HIGH_SURROGATE_END.exec(whole)?.[0] ?? '';
      if (held !== '') whole = whole.slice(0, -1);
      return pieces(clean(whole));
    },
    flush() {
      const rest = held;
      held = '';
      return pieces(clean(rest));
    },
  };
}

function clean(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\u0000') ? wellFormed.replaceAll('\u0000', '\uFFFD') : wellFormed;
}

/** Cuts a text so that each piece fits into one event, and no character is cut. */
export function pieces(text: string): string[] {
  if (text === '') return [];
  if (text.length <= MAX_DELTA_LENGTH) return [text];
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = start + MAX_DELTA_LENGTH;
    if (end < text.length && HIGH_SURROGATE_END.test(text.slice(end - 1, end))) end -= 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
