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
  // On screen, or nothing can be selected; small and clear, so that nothing is seen of it.
  Object.assign(field.style, { position: 'fixed', top: '0', opacity: '0' });
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
