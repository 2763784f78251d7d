import { expect, inject, it } from 'vitest';
import { createChatClient } from '../create-chat-client.js';
import type { ConnectionStatus } from './realtime.js';

it('is live over a real websocket, and comes back when the server ends it', async () => {
  const baseUrl = inject('socketUrl');
  const { realtime, close } = createChatClient({ baseUrl, getToken: () => 'token' });
  const statuses: ConnectionStatus[] = [];
  realtime.onStatus((status) => statuses.push(status));
  const told = new Promise((resolve) => realtime.onEvent(resolve));
  await realtime.connect();
  await fetch(`${baseUrl}/api/emit?token=token&chat_id=told`);
  expect(await told).toEqual({ event: 'chat_deleted', data: { chat_id: 'told' } });

  const returned = new Promise<void>((resolve) => {
    realtime.onStatus((status) => status === 'online' && resolve());
  });
  await fetch(`${baseUrl}/api/drop?token=token`);
  await returned;
  close();
  expect(statuses).toEqual(['connecting', 'online', 'offline', 'online', 'idle']);
});
