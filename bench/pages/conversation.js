/* global document, window */
import { createChatClient, createChatStores } from '@chat-playground/sdk';
import '../../packages/widget/src/define-conversation.ts';
import { awaitWholeText } from './await-text.js';

const client = createChatClient({ baseUrl: '', getToken: () => 'bench' });
const stores = createChatStores(client, { parametersStorage: null });
const conversation = document.createElement('cp-conversation');
conversation.style.cssText = 'display: block; height: 100%';
document.querySelector('#root').append(conversation);
stores.$conversation.subscribe(({ messages, partial, sending, status, hasOlder }) => {
  Object.assign(conversation, { messages, partial, sending, status, hasOlder });
});

/** Our conversation, fed by the SDK's stores from the API, as the widget does it. */
window.prepareBench = () => conversation.updateComplete;
window.runBench = async () => {
  await stores.send('Go');
  await awaitWholeText();
};
