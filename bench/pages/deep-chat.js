/* global customElements, document, window */
import 'deep-chat';
import { awaitWholeText } from './await-text.js';
import { readDeltas } from './read-deltas.js';

const chat = document.createElement('deep-chat');
chat.style.cssText = 'display: block; width: 100%; height: 100%; border: 0';
chat.connect = {
  stream: true,
  async handler(_body, signals) {
    signals.onOpen();
    for await (const text of readDeltas()) signals.onResponse({ text });
    signals.onClose();
  },
};
document.querySelector('#root').append(chat);

/** deep-chat with its own markdown, without highlighting (it has none unless hljs is global). */
window.prepareBench = () => customElements.whenDefined('deep-chat');
window.runBench = async () => {
  chat.submitUserMessage({ text: 'Go' });
  await awaitWholeText();
};
