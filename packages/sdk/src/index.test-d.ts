import { describe, expectTypeOf, it } from 'vitest';
import {
  createChatClient,
  createChatStores,
  createPresetsStore,
  createSearchStore,
  isChatError,
  type Chat,
  type ChatErrorCode,
  type ConversationState,
  type MessageHit,
  type Preset,
  type PresetsState,
  type SendResponse,
  type Session,
  type StreamEvent,
  type Usage,
  type User,
} from './index.js';

const client = createChatClient({ baseUrl: 'http://localhost:5001' });
const stores = createChatStores(client);

describe('what compiles', () => {
  it('narrows stream events by their name', async () => {
    for await (const event of client.chats.send({ message: 'hello' })) {
      expectTypeOf(event).toEqualTypeOf<StreamEvent>();
      if (event.event === 'text-delta') expectTypeOf(event.data.delta).toEqualTypeOf<string>();
      if (event.event === 'message-error') expectTypeOf(event.data.code).toEqualTypeOf<string>();
      if (event.event === 'message-end') {
        expectTypeOf(event.data.status).toEqualTypeOf<'complete' | 'stopped'>();
      }
    }
  });

  it('narrows realtime events by their name', () => {
    client.realtime.onEvent((event) => {
      if (event.event === 'chat_created') expectTypeOf(event.data.chat).toEqualTypeOf<Chat>();
      if (event.event === 'chat_deleted') expectTypeOf(event.data.chat_id).toBeString();
    });
  });

  it('knows what is sent, answered and shown', () => {
    const sent = client.chats.send({ message: 'hello', parameters: { temperature: 0.2 } });
    expectTypeOf(sent.accepted).resolves.toEqualTypeOf<SendResponse>();
    expectTypeOf(sent.toText()).resolves.toBeString();
    expectTypeOf(client.users.me()).resolves.toEqualTypeOf<User>();
    expectTypeOf(client.chats.all()).toExtend<AsyncIterable<Chat>>();
    expectTypeOf(stores.$conversation.get()).toEqualTypeOf<ConversationState>();
    expectTypeOf(stores.$usage.get().completion_tokens).toBeNumber();
    expectTypeOf(client.presets.create({ name: 'Careful' })).resolves.toEqualTypeOf<Preset>();
    expectTypeOf(client.search.all({ q: 'words' })).toExtend<AsyncIterable<MessageHit>>();
    expectTypeOf(client.usage.get({ days: 7 })).resolves.toEqualTypeOf<Usage>();
    expectTypeOf(client.sessions.list()).resolves.toEqualTypeOf<Session[]>();
  });

  it('knows the stores that stand beside', () => {
    const presets = createPresetsStore(client);
    expectTypeOf(presets.$presets.get()).toEqualTypeOf<PresetsState>();
    expectTypeOf(presets.create({ name: 'Careful' })).resolves.toEqualTypeOf<Preset>();
    expectTypeOf(presets.update('id', { name: 'Exact' })).resolves.toBeVoid();
    expectTypeOf(createSearchStore(client).$search.get().messages).toEqualTypeOf<
      readonly MessageHit[]
    >();
    expectTypeOf(stores.$chats.get().archived).toBeBoolean();
  });

  it('narrows the lines of an export by their kind', async () => {
    for await (const line of client.users.export()) {
      if (line.kind === 'preset') expectTypeOf(line.preset).toEqualTypeOf<Preset>();
      if (line.kind === 'message') expectTypeOf(line.message).not.toHaveProperty('sibling_count');
    }
  });

  it('makes errors of one class with known codes', () => {
    const error: unknown = null;
    if (isChatError(error)) {
      expectTypeOf(error.code).toEqualTypeOf<ChatErrorCode>();
      expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
    }
  });

  it('tells a signed-in session from the others', () => {
    const session = stores.$session.get();
    if (session.status === 'signed-in') expectTypeOf(session.user).toEqualTypeOf<User>();
    else expectTypeOf(session.user).toBeNull();
  });
});

describe('what must not compile', () => {
  it('refuses wrong options, bodies and names', () => {
    // @ts-expect-error a server must be named
    createChatClient({});
    // @ts-expect-error parameters are numbers
    client.chats.send({ message: 'hello', parameters: { temperature: 'hot' } });
    // @ts-expect-error there are two votes
    void client.messages.vote({ message_id: 'm', vote: 'maybe' });
    // @ts-expect-error a search is for something
    void client.search.list({});
    // @ts-expect-error days are a date
    void client.usage.get({ from: new Date() });
    // @ts-expect-error an account is deleted with its password
    void client.users.delete({});
    // @ts-expect-error a chat is named by a text
    void client.chats.get(7);
    // @ts-expect-error stores are read; verbs change them
    stores.$chats.set({});
    // @ts-expect-error what is shown is not for writing
    stores.$conversation.get().messages.push();
    // @ts-expect-error chats are archived or not
    void stores.loadChats('', { archived: 'true' });
    // @ts-expect-error a vote is explained with tags and words
    void stores.explainVote('m', 'because');
    // @ts-expect-error a preset has a name
    void createPresetsStore(client).create({});
    // @ts-expect-error what was found is not for writing
    createSearchStore(client).$search.get().messages.push();
    // @ts-expect-error no such parameter
    stores.resetParameter('warmth');
    // @ts-expect-error no such code
    ((code: ChatErrorCode) => code)('teapot');
  });
});
