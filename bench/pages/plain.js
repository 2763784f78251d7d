/* global document, window, requestAnimationFrame */
import { awaitWholeText } from './await-text.js';
import { readDeltas } from './read-deltas.js';

const root = document.querySelector('#root');
root.style.cssText += 'overflow: auto; white-space: pre-wrap; font-size: 16px';

/** The text as it is, every line a block, once a frame: what streaming itself costs. */
window.prepareBench = async () => undefined;
window.runBench = async () => {
  let waiting = '';
  let line = document.createElement('div');
  root.append(line);
  const show = () => {
    const lines = waiting.split('\n');
    waiting = '';
    line.append(lines.shift());
    for (const text of lines) {
      line = document.createElement('div');
      line.append(text);
      root.append(line);
    }
    root.scrollTop = root.scrollHeight;
  };
  for await (const delta of readDeltas()) {
    if (waiting === '') requestAnimationFrame(show);
    waiting += delta;
  }
  await awaitWholeText();
};
