/** Presses a key on an element; the answer says whether someone took it. */
export function press(target: EventTarget, key: string, fields: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...fields,
  });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

/** Types into a field, replacing what is there. */
export function fill(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
