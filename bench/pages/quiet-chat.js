/* global document */
import { createChatClient, createChatStores } from '@chat-playground/sdk';
import '@chat-playground/widget/define';

/** The live connection has nothing to say in a benchmark; left out, it needs no socket server. */
const quietConnection = {
  status: () => 'online',
  connect: async () => undefined,
  disconnect: () => undefined,
  onEvent: () => () => undefined,
  onStatus: () => () => undefined,
};

/** Our widget, whole: history, composer, parameters, and the conversation among them. */
export function createQuietChat() {
  const chat = document.createElement('chat-playground');
  chat.connect = () => {
    const client = createChatClient({ baseUrl: '', getToken: () => 'bench' });
    const stores = createChatStores({ ...client, realtime: quietConnection });
    return { stores, close: () => undefined };
  };
  chat.layout = 'panel';
  chat.style.cssText = 'display: block; height: 100%';
  const isReady = new Promise((resolve) => {
    chat.addEventListener('chat-playground:ready', resolve, { once: true });
  });
  document.querySelector('#root').append(chat);
  return { chat, isReady };
}
