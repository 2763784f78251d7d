import { SOURCE_ATTRIBUTE } from './source-attribute.js';

interface LazyRenderer {
  /** Elements it draws; their text is the source. */
  selector: string;
  load(): Promise<(element: HTMLElement) => void>;
}

/**
 * Drawing that needs a library too large to bring along: fetched when a finished block holds what it
 * is for. (Diagrams are code first: `cp-code-block` sees to them.) To add one: have the lexer write an element with a class of its own, allow
 * that class in `allowed-html.ts`, and name it here. The renderer must treat the text as hostile,
 * set {@link SOURCE_ATTRIBUTE}, and leave what it cannot draw as it is.
 */
const LAZY_RENDERERS: readonly LazyRenderer[] = [
  { selector: '.math', load: async () => (await import('./render-math.js')).renderMath },
];

/** Draws what a finished part of a document holds for lazy renderers. */
export function renderLazily(root: Element): void {
  for (const { selector, load } of LAZY_RENDERERS) {
    const elements = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) elements.push(root);
    const waiting = elements.filter(isUndrawn);
    if (waiting.length === 0) continue;
    load().then(
      // While the library came, another call may have drawn them: then their text is no source.
      (render) => waiting.filter(isUndrawn).forEach(render),
      // A library that cannot be fetched (offline, blocked) leaves the source to be read.
      () => undefined,
    );
  }
}

function isUndrawn(element: Element): boolean {
  return !element.hasAttribute(SOURCE_ATTRIBUTE);
}
