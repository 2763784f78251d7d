/* global customElements, document, window */
import { createChatClient, createChatStores } from '@chat-playground/sdk';
import '@chat-playground/widget/define';
import { awaitWholeText } from './await-text.js';

/** The live connection has nothing to say during a reply; left out, it needs no socket server. */
const quietConnection = {
  status: () => 'online',
  connect: async () => undefined,
  disconnect: () => undefined,
  onEvent: () => () => undefined,
  onStatus: () => () => undefined,
};

const chat = document.createElement('chat-playground');
chat.connect = () => {
  const client = createChatClient({ baseUrl: '', getToken: () => 'bench' });
  const stores = createChatStores({ ...client, realtime: quietConnection });
  return { stores, close: () => undefined };
};
chat.layout = 'panel';
chat.style.cssText = 'display: block; height: 100%';
document.querySelector('#root').append(chat);
const isReady = new Promise((resolve) => {
  chat.addEventListener('chat-playground:ready', resolve, { once: true });
});

/** Our widget, whole: history, composer, parameters, and the conversation among them. */
window.prepareBench = async () => {
  await isReady;
  await customElements.whenDefined('cp-conversation');
};
window.runBench = async () => {
  await chat.send('Go');
  await awaitWholeText();
};
