import katex from 'katex';
import { SOURCE_ATTRIBUTE } from './source-attribute.js';

/** A formula that expands to more than this is an attack. */
const MAX_EXPANSIONS = 500;
/** Largest size a formula may ask for, in ems. */
const MAX_SIZE_EM = 20;

/**
 * Draws a formula in place of its source, as MathML: that needs no fonts and no styles. What is no
 * formula stays the text it is.
 */
export function renderMath(element: HTMLElement): void {
  const source = element.textContent ?? '';
  const drawing = document.createElement('span');
  try {
    katex.render(source, drawing, {
      output: 'mathml',
      displayMode: element.localName === 'div',
      // Links, images and HTML from within a formula stay off.
      trust: false,
      strict: 'ignore',
      maxExpand: MAX_EXPANSIONS,
      maxSize: MAX_SIZE_EM,
    });
  } catch (error) {
    if (error instanceof katex.ParseError) return;
    throw error;
  }
  element.setAttribute(SOURCE_ATTRIBUTE, source);
  element.replaceChildren(...drawing.childNodes);
}
