import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, inject, it } from 'vitest';
import { useChat } from 'virtual:readme-react';

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A chat as small as can be, on the hook that the README shows. */
function Chat({ baseUrl }: { baseUrl: string }) {
  const { session, conversation, signIn, send } = useChat(baseUrl);
  if (session.status !== 'signed-in') {
    const form = { email: 'me@example.com', password: 'anything' };
    return createElement('button', { onClick: () => void signIn(form) }, session.status);
  }
  return createElement(
    'div',
    null,
    createElement('button', { onClick: () => void send('hello') }, 'send'),
    conversation.messages.map(({ message_id, role, content }) =>
      createElement('p', { key: message_id }, `${role}: ${content}`),
    ),
    conversation.partial && createElement('i', null, `…${conversation.partial.content}`),
  );
}

it('shows a whole conversation in React, with the hook of the README', async () => {
  const page = document.createElement('main');
  document.body.append(page);
  const root = createRoot(page);
  endings.push(() => root.unmount());
  root.render(
    createElement(StrictMode, null, createElement(Chat, { baseUrl: inject('replayUrl') })),
  );
  const press = () => page.querySelector('button')?.click();
  const shown = expect.poll(() => page.textContent, { timeout: 30_000 });

  await shown.toBe('signed-out');
  press();
  await shown.toBe('send');
  press();
  await shown.toMatch(/^senduser: helloassistant: Here is a [\s\S]*tabs travel too\.$/);
  expect(page.querySelector('i')).toBeNull();
});
