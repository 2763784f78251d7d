import { afterEach, expect, it, onTestFinished } from 'vitest';
import type { RealtimeEvent } from '../protocol/index.js';
import { endStores, startStores } from '../test-support/start-stores.js';
import { createChatStores } from './create-chat-stores.js';

afterEach(endStores);

it('shows the title that the socket told of before the answer to the first message came', async () => {
  const { client } = await startStores();
  let tell: (event: RealtimeEvent) => void = () => undefined;
  const realtime = {
    ...client.realtime,
    onEvent: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  };
  const send: typeof client.chats.send = (...request) => {
    const sent = client.chats.send(...request);
    const accepted = sent.accepted.then((answer) => {
      const { chat } = answer;
      const named = { ...chat, chat_title: 'Whales', version: chat.version + 1 };
      tell({ event: 'chat_created', data: { chat } });
      tell({ event: 'chat_updated', data: { chat: named } });
      return answer;
    });
    return Object.assign(sent, { accepted });
  };
  const stores = createChatStores(
    { ...client, realtime, chats: { ...client.chats, send } },
    { parametersStorage: null },
  );
  onTestFinished(() => stores.stop());
  await stores.start();
  await stores.send('Where do whales sleep?');
  expect(stores.$chats.get().chats[0]?.chat_title).toBe('Whales');
  expect(stores.$conversation.get().chat?.chat_title).toBe('Whales');
});
