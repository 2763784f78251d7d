/** Longest delta of one event, in UTF-16 code units; longer ones become several events. */
const MAX_DELTA_LENGTH = 8192;

/** Whether the unit before `end` is the first half of a character of two. */
function isCutBefore(text: string, end: number): boolean {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/**
 * Makes a provider's text fit to be stored and sent: well-formed, without NUL, in bounded pieces.
 * Half of a character that was split between two deltas is held back until the other half comes.
 */
export function createTextCleaner(): { push(text: string): string[]; flush(): string[] } {
  let held = '';
  return {
    push(text) {
      const whole = held + text;
      const end = isCutBefore(whole, whole.length) ? whole.length - 1 : whole.length;
      held = whole.slice(end);
      return pieces(clean(whole.slice(0, end)));
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
    if (end < text.length && isCutBefore(text, end)) end -= 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
