import { expect, inject, it } from 'vitest';
import { createChatClient } from './create-chat-client.js';
import { failureOf } from './test-support/failure-of.js';

it('reads a reply over a real network, resuming where the connection broke', async () => {
  const client = createChatClient({ baseUrl: inject('replayUrl'), retry: { baseDelayMs: 1 } });
  await client.auth.login({ email: 'me@example.com', password: 'anything' });
  const sent = client.chats.send({ message: 'hello' });
  const seqs: number[] = [];
  let text = '';
  for await (const { seq, event, data } of sent) {
    seqs.push(seq);
    if (event === 'text-delta') text += data.delta;
  }
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  expect(text).toMatch(/สวัสดี[\s\S]*tabs travel too\.$/);
  client.close();
});

it('keeps the session in localStorage, for the next visit alone of this address', async () => {
  const baseUrl = inject('replayUrl');
  const client = createChatClient({ baseUrl });
  await client.auth.login({ email: 'me@example.com', password: 'anything' });
  expect(createChatClient({ baseUrl }).auth.session()?.user.username).toBe('replay');
  expect(createChatClient({ baseUrl: 'http://other.invalid' }).auth.session()).toBeNull();
  await client.auth.logout();
  expect(createChatClient({ baseUrl }).auth.session()).toBeNull();
  client.close();
});

it('takes the page’s own origin for an empty address', async () => {
  const asked: string[] = [];
  const client = createChatClient({
    baseUrl: '',
    retry: { limit: 0 },
    fetch: async (input) => {
      asked.push(String(input));
      return Response.error();
    },
  });
  await failureOf(client.auth.login({ email: 'me@example.com', password: 'anything' }));
  expect(asked).toEqual([`${location.origin}/api/login`]);
});
