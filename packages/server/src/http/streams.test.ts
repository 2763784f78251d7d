import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEchoProvider, type EchoProvider } from '../test-support/echo-provider.js';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

let provider: EchoProvider;
let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  provider = createEchoProvider();
  server = await startTestServer({ providers: [provider] });
});
beforeEach(async () => {
  client = await server.signUp();
});
afterAll(() => server.stop());

interface Seen {
  id: number;
  event: string | undefined;
  data: { delta?: string; status?: string; code?: string };
}

/** Reads a stream, in one go or in parts. */
function createReader(response: Response) {
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const seen: Seen[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) =>
      seen.push({ id: Number(id), event, data: JSON.parse(data) as Seen['data'] }),
  });
  if (!response.body) throw new Error('a stream has a body');
  const bytes = response.body.pipeThrough(new TextDecoderStream()).getReader();

  /** All that has come until one is met or the stream has ended. */
  async function readUntil(isEnough: (seen: Seen) => boolean = () => false): Promise<Seen[]> {
    while (!seen.some(isEnough)) {
      const { done, value } = await bytes.read();
      if (done) break;
      parser.feed(value);
    }
    return seen;
  }
  return { readUntil };
}

const read = (response: Response) => createReader(response).readUntil();

const textOf = (seen: Seen[]) => seen.map(({ data }) => data.delta ?? '').join('');
const isFirstText = ({ event }: Seen) => event === 'text-delta';

describe('a reply’s stream', () => {
  it('tells the whole reply, by GET and by POST alike', async () => {
    const { chat_id } = await client.chat('one two three');
    const byGet = await read(await client.open('streamReply', { query: { chat_id } }));
    const byPost = await read(await client.open('streamReplyByPost', { body: { chat_id } }));
    expect(byPost).toEqual(byGet);
    expect(textOf(byGet)).toBe('one two three');
    expect(byGet.map(({ id }) => id)).toEqual(byGet.map((_, index) => index + 1));
    expect(byGet.at(0)?.event).toBe('message-start');
    expect(byGet.at(-1)).toMatchObject({ event: 'message-end', data: { status: 'complete' } });
  });

  it('resumes after any event, by header or by query', async () => {
    const { chat_id } = await client.chat('one two three');
    const whole = await read(await client.open('streamReply', { query: { chat_id } }));
    for (const { id } of whole.slice(0, -1)) {
      const rest = whole.slice(id);
      const headers = { 'last-event-id': String(id) };
      const byHeader = await client.open('streamReply', { query: { chat_id }, headers });
      expect(await read(byHeader)).toEqual(rest);
      const byQuery = await client.open('streamReply', { query: { chat_id, last_event_id: id } });
      expect(await read(byQuery)).toEqual(rest);
    }
  });

  it('goes on when its reader leaves, for the next one to read', async () => {
    const sent = await client.call('sendMessage', { body: { message: 'please wait a little' } });
    const { chat_id } = sent;
    const leaving = new AbortController();
    const response = await client.open('streamReply', { query: { chat_id } }, leaving.signal);
    const before = await createReader(response).readUntil(isFirstText);
    leaving.abort();
    const last = before.at(-1)?.id ?? 0;
    const query = { chat_id, last_event_id: last };
    const after = await client.open('streamReply', { query });
    provider.finish();
    const rest = await read(after);
    expect(textOf(before) + textOf(rest)).toBe('please wait a little');
    expect(rest.at(-1)).toMatchObject({ event: 'message-end', data: { status: 'complete' } });
  });

  it('fails as JSON when it cannot begin', async () => {
    const { chat_id, message_id } = await client.chat('hello');
    const query = { chat_id, message_id };
    expect(await client.request('streamReply', { query })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });

  it('is told without a body to HEAD', async () => {
    const { chat_id } = await client.chat('hello');
    const response = await fetch(`${server.url}/api/chats/stream?chat_id=${chat_id}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${client.token}` },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('while a reply is being written', () => {
  /** Someone reading a reply that has begun and waits. */
  async function startWaiting() {
    const waiting = createEchoProvider();
    const own = await startTestServer({ providers: [waiting] });
    const someone = await own.signUp();
    const sent = await someone.call('sendMessage', { body: { message: 'please wait a little' } });
    const { chat_id } = sent;
    const response = await someone.open('streamReply', { query: { chat_id } });
    const stream = createReader(response);
    await stream.readUntil(isFirstText);
    return { own, someone, chat_id, reply: sent.reply, stream, waiting };
  }

  it('stopping keeps what was written', async () => {
    const { own, someone, chat_id, reply, stream } = await startWaiting();
    await someone.call('stopReply', { body: { chat_id, message_id: reply.message_id } });
    const seen = await stream.readUntil();
    expect(seen.at(-1)).toMatchObject({ event: 'message-end', data: { status: 'stopped' } });
    const { messages } = await someone.call('listMessages', { query: { chat_id } });
    expect(messages.at(-1)).toMatchObject({ status: 'stopped', content: textOf(seen) });
    await own.stop();
  });

  it('deleting the chat stops it, and restoring brings back what was written', async () => {
    const { own, someone, chat_id, stream } = await startWaiting();
    await someone.call('deleteChat', { body: { chat_id } });
    expect((await stream.readUntil()).at(-1)).toMatchObject({ data: { status: 'stopped' } });
    await someone.call('restoreChat', { body: { chat_id } });
    const { messages } = await someone.call('listMessages', { query: { chat_id } });
    expect(messages.at(-1)).toMatchObject({ status: 'stopped', content: 'please ' });
    await own.stop();
  });

  it('signing out ends the stream and not the reply', async () => {
    const { own, someone, chat_id, reply, stream, waiting } = await startWaiting();
    const before = await own.storage.findMessage(someone.user.user_id, reply.message_id);
    expect(before?.status).not.toBe('complete');
    await someone.call('logout');
    const seen = await stream.readUntil();
    expect(seen.at(-1)?.event).toBe('text-delta');
    const again = own.nobody();
    const { token } = await again.call('login', {
      body: { email: someone.user.email, password: 'correct horse battery staple' },
    });
    again.token = token;
    waiting.finish();
    const whole = await read(await again.open('streamReply', { query: { chat_id } }));
    expect(textOf(whole)).toBe('please wait a little');
    await own.stop();
  });

  it('stopping the server lets it finish, for its reader to take the end of it', async () => {
    const { own, someone, stream, waiting } = await startWaiting();
    const stopped = own.stop(60_000);
    const answer = await someone.request('sendMessage', { body: { message: 'one more' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'shutting_down' } });
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await someone.request('ready')).toMatchObject({
      status: 503,
      body: { code: 'shutting_down' },
    });
    expect(await someone.request('health')).toMatchObject({ status: 200 });
    waiting.finish();
    const seen = await stream.readUntil();
    expect(textOf(seen)).toBe('please wait a little');
    expect(seen.at(-1)).toMatchObject({ event: 'message-end', data: { status: 'complete' } });
    await stopped;
    await expect(fetch(own.url)).rejects.toThrow();
  });

  it('stopping the server interrupts it after the deadline, with a proper end', async () => {
    const { own, stream } = await startWaiting();
    const stopped = own.stop(0);
    const seen = await stream.readUntil();
    expect(seen.at(-1)).toMatchObject({ event: 'message-error', data: { status: 'interrupted' } });
    await stopped;
  });
});
