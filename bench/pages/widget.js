/* global customElements, window */
import { awaitWholeText } from './await-text.js';
import { createQuietChat } from './quiet-chat.js';

const { chat, isReady } = createQuietChat();

window.prepareBench = async () => {
  await isReady;
  await customElements.whenDefined('cp-conversation');
};
window.runBench = async () => {
  await chat.send('Go');
  await awaitWholeText();
};
