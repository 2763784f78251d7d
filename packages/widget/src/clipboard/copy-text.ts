import { composedParent } from '../controllers/composed-parent.js';
import { deepActiveElement } from '../controllers/focus-trap.js';

/**
 * Puts a text on the clipboard. Pages without TLS have no clipboard API, but a chat on a local
 * network has such pages: there the old way through a selected field does it.
 *
 * @returns whether the browser allowed it
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Missing or refused; the command below asks for no permission.
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = deepActiveElement();
  const field = document.createElement('textarea');
  field.value = text;
  // No keyboard of a phone comes up for it.
  field.readOnly = true;
  // On screen, or nothing can be selected; small and clear, so that nothing is seen of it.
  Object.assign(field.style, { position: 'fixed', top: '0', opacity: '0', userSelect: 'text' });
  openPlace(before).append(field);
  field.focus({ preventScroll: true });
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isCopied;
}

/** Beside a modal dialog nothing can have the focus: inside of one the field must stand in it. */
function openPlace(from: Element | null): Element {
  for (let node: Node | null = from; node !== null; node = composedParent(node)) {
    if (node instanceof HTMLDialogElement && node.open) return node;
  }
  return document.body;
}
