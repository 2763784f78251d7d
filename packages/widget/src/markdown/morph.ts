import { appendCode, fillCode } from './code-text.js';
import { SOURCE_ATTRIBUTE } from './source-attribute.js';

/** Elements whose inside is their own affair once drawn. */
const CODE_BLOCK = 'CP-CODE-BLOCK';
/** Set by the reader, not by the document. */
const READERS_ATTRIBUTES: ReadonlySet<string> = new Set(['open', 'closed', 'wrap']);

/**
 * Makes `current` equal to `next` with the fewest changes: what is the same stays the same node, and
 * text that grew is appended to, so that a selection or a scroll position inside survives.
 *
 * @returns the node now in place: `current` itself, or `next` where they have nothing in common
 */
export function morph(current: Node, next: Node): Node {
  if (current instanceof Text && next instanceof Text) {
    morphText(current, next.data);
    return current;
  }
  if (!(current instanceof Element && next instanceof Element) || !areAlike(current, next)) {
    current.parentNode?.replaceChild(next, current);
    return next;
  }
  morphElement(current, next);
  return current;
}

function areAlike(current: Element, next: Element): boolean {
  return current.tagName === next.tagName && current.className === next.className;
}

function morphElement(current: Element, next: Element): void {
  const drawnFrom = current.getAttribute(SOURCE_ATTRIBUTE);
  if (drawnFrom !== null && drawnFrom === next.textContent) return;
  morphAttributes(current, next);
  if (current.tagName === CODE_BLOCK) morphCode(current, next);
  else if (current.className === 'remote-image') return;
  else morphChildren(current, next);
}

function morphAttributes(current: Element, next: Element): void {
  for (const { name, value } of next.attributes) {
    if (READERS_ATTRIBUTES.has(name) && current.tagName !== 'OL') continue;
    if (current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
  for (const { name } of [...current.attributes]) {
    if (!next.hasAttribute(name) && !READERS_ATTRIBUTES.has(name)) current.removeAttribute(name);
  }
}

function morphChildren(current: Element, next: Element): void {
  const incoming = [...next.childNodes];
  incoming.forEach((child, index) => {
    const existing = current.childNodes[index];
    if (existing === undefined) current.append(child);
    else morph(existing, child);
  });
  while (current.childNodes.length > incoming.length) current.lastChild?.remove();
}

/** Code may have been highlighted since: it is its text that counts. */
function morphCode(current: Element, next: Element): void {
  const code = current.querySelector('code');
  if (code === null) return;
  const before = code.textContent ?? '';
  const after = next.querySelector('code')?.textContent ?? '';
  if (before === after) return;
  if (after.startsWith(before)) appendCode(code, after.slice(before.length));
  else fillCode(code, after);
}

function morphText(current: Text, data: string): void {
  const before = current.data;
  if (before === data) return;
  const kept = commonPrefixLength(before, data);
  if (kept === before.length) current.appendData(data.slice(kept));
  else current.replaceData(kept, before.length - kept, data.slice(kept));
}

function commonPrefixLength(left: string, right: string): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (length < limit && left.charCodeAt(length) === right.charCodeAt(length)) length += 1;
  return length;
}
