import { expect, it } from 'vitest';
import type { ChatClient } from '../chat-client.js';
import { golden } from '../test-support/golden.js';
import { parseEvent } from '../stream/parse-event.js';
import { readFrames } from '../stream/read-frames.js';
import type { StreamEvent } from '../protocol/index.js';
import { createConversationContext } from './conversation-context.js';

async function readGolden(name: string): Promise<StreamEvent[]> {
  const body = new Response(golden(name)).body;
  if (!body) throw new Error('no body');
  const { signal } = new AbortController();
  const events: StreamEvent[] = [];
  for await (const batch of readFrames(body, { onRead: () => undefined, signal })) {
    for (const frame of batch) {
      const event = parseEvent(frame);
      if (event && event.event !== null) events.push(event);
    }
  }
  return events;
}

function openChat(chatId: string) {
  const context = createConversationContext({
    // Nothing is asked of it here.
    client: {} as ChatClient,
    findChat: () => undefined,
    onChat: () => undefined,
    parameters: () => ({}),
  });
  context.dispatch({ event: 'opened', data: { chatId, chat: null } });
  let changes = 0;
  context.$conversation.listen(() => (changes += 1));
  return { context, changes: () => changes };
}

it('changes the store once for all events taken in together, to what each in turn makes of it', async () => {
  const events = await readGolden('happy.sse');
  const [start] = events;
  if (start?.event !== 'message-start') throw new Error('no start');
  const one = openChat(start.data.chat_id);
  const other = openChat(start.data.chat_id);
  one.context.dispatch(...events);
  for (const event of events) other.context.dispatch(event);
  expect(one.changes()).toBe(1);
  expect(other.changes()).toBe(events.length);
  expect(one.context.state()).toEqual(other.context.state());
  one.context.dispatch(...events);
  expect(one.changes()).toBe(1);
});
