/* global document, window */
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { awaitWholeText } from './await-text.js';

/**
 * Makes the page draw the whole text one single time: parsed, highlighted, sanitised, laid out.
 *
 * @param {(text: string, language: string) => string} highlight a code block's HTML
 */
export function drawOnce(highlight) {
  const renderer = {
    code: ({ text, lang }) => `<pre><code>${highlight(text, lang)}</code></pre>`,
  };
  const marked = new Marked({ renderer });
  window.prepareBench = async () => {
    window.benchText = await (await fetch('/text')).text();
  };
  window.runBench = async () => {
    const root = document.querySelector('#root');
    root.style.overflow = 'auto';
    root.innerHTML = DOMPurify.sanitize(marked.parse(window.benchText));
    root.scrollTop = root.scrollHeight;
    await awaitWholeText();
  };
}
