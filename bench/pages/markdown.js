/* global document, ResizeObserver, window */
import '../../packages/widget/src/define-conversation.ts';
import { awaitWholeText } from './await-text.js';
import { readDeltas } from './read-deltas.js';

const root = document.querySelector('#root');
const markdown = document.createElement('cp-markdown');
root.style.overflow = 'auto';
root.append(markdown);

/** Our markdown element alone, scrolled along by the page. */
window.prepareBench = () => markdown.updateComplete;
window.runBench = async () => {
  markdown.streaming = true;
  new ResizeObserver(() => (root.scrollTop = root.scrollHeight)).observe(markdown);
  let text = '';
  for await (const delta of readDeltas()) {
    text += delta;
    markdown.text = text;
  }
  markdown.streaming = false;
  await awaitWholeText();
};
