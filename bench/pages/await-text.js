/* global document, requestAnimationFrame */
import { END_MARK } from '../texts/markdown-text.js';

const CHECK_EVERY_MS = 100;

/** Resolves once the end of the text is in the page and has been drawn. */
export async function awaitWholeText(root = document.body) {
  while (!deepText(root).includes(END_MARK)) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
  }
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Text of an element and, first, of the shadow trees below it. */
function deepText(root) {
  let text = root.textContent ?? '';
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (element.shadowRoot) text += deepText(element.shadowRoot);
  }
  return text;
}
