/**
 * What the SDK's readers do with it, once through: the same in every runtime.
 *
 * @param {typeof import('@chat-playground/sdk')} sdk
 * @param {string} baseUrl a server whose model is the built-in one
 * @returns {Promise<Record<string, unknown>>} facts, each `true` or what the test knows to expect
 */
export async function tour({ createChatClient, createChatStores, isChatError }, baseUrl) {
  const client = createChatClient({ baseUrl });
  const username = `ada-${crypto.randomUUID().slice(0, 8)}`;
  const email = `${username}@example.com`;
  const { user } = await client.auth.register({ username, email, password: 'eight-words' });
  await client.auth.login({ email, password: 'eight-words' });

  const live = await firstLiveEvent(client);
  const facts = { isSameUser: (await client.users.me()).user_id === user.user_id };
  const sent = client.chats.send({ message: 'zebra crossing', parameters: { output_length: 40 } });
  const events = [];
  for await (const event of sent) events.push(event);
  const { chat_id, reply } = await sent.accepted;
  const text = textOf(events);

  facts.hasText = text.length > 0;
  facts.ending = events.at(-1).event;
  facts.isStoredAsRead = (await lastMessage(client, chat_id)).content === text;
  facts.resumes = await resumesAfterHalf(client, { chat_id, reply, text });
  facts.vote = (await client.messages.vote({ message_id: reply.message_id, vote: 'upvote' })).vote;
  facts.liveEvent = (await live.event).event;
  facts.found = (await client.search.list({ q: 'zebra' })).messages.length;
  facts.missing = await codeOf(() => client.chats.get(crypto.randomUUID()), isChatError);
  facts.aborted = await codeOf(() => client.users.me({ signal: AbortSignal.abort() }), isChatError);
  facts.stores = await talksThroughStores(createChatStores(client));
  client.close();
  return facts;
}

async function firstLiveEvent(client) {
  let hear;
  const event = new Promise((resolve) => (hear = resolve));
  client.realtime.onEvent(hear);
  await client.realtime.connect();
  return { event };
}

const textOf = (events) =>
  events.map(({ event, data }) => (event === 'text-delta' ? data.delta : '')).join('');

async function lastMessage(client, chat_id) {
  const { messages } = await client.messages.list({ chat_id });
  return messages.at(-1);
}

/** Leaves in the middle of a reply, and comes back for the rest of it. */
async function resumesAfterHalf(client, { chat_id, reply, text }) {
  const request = { chat_id, message_id: reply.message_id };
  const first = [];
  for await (const event of client.chats.stream(request)) {
    first.push(event);
    if (textOf(first).length * 2 > text.length) break;
  }
  const rest = [];
  const last_event_id = first.at(-1).seq;
  for await (const event of client.chats.stream({ ...request, last_event_id })) rest.push(event);
  return textOf([...first, ...rest]) === text;
}

async function codeOf(call, isChatError) {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return isChatError(error) ? error.code : String(error);
  }
}

async function talksThroughStores(stores) {
  await stores.start();
  stores.setParameters({ output_length: 20 });
  await stores.send('And once more');
  const { messages, status } = stores.$conversation.get();
  stores.stop();
  return `${status}: ${messages.map(({ role }) => role).join(', ')}`;
}
