import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { TextDecoderStream, type TransformStream } from 'node:stream/web';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryEventLog, type MemoryEventLog } from '../adapters/memory/memory-event-log.js';
import { createOpenAiCompatibleProvider } from '../adapters/openai-compatible/openai-compatible-provider.js';
import {
  startScriptedUpstream,
  type Script,
  type ScriptedUpstream,
} from '../test-support/scripted-upstream.js';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

/** As short as what they guard against can be told from a slow machine. */
const SILENCE_MS = 400;
const HEARTBEAT_MS = 50;

let upstream: ScriptedUpstream;
let eventLog: MemoryEventLog;
let server: TestServer;
let client: TestClient;

beforeEach(async () => {
  upstream = await startScriptedUpstream();
  eventLog = createMemoryEventLog();
  server = await startTestServer({
    // Long enough for a reader to be far behind.
    replyBounds: { maxCharacters: 10_000_000 },
    eventLog,
    heartbeatMs: HEARTBEAT_MS,
    providers: [
      createOpenAiCompatibleProvider({
        name: 'acme',
        base_url: upstream.baseUrl,
        models: [{ id: 'scripted' }],
        timeouts: { first_byte_ms: SILENCE_MS, idle_ms: SILENCE_MS },
      }),
    ],
  });
  client = await server.signUp();
});
afterEach(async () => {
  // Whatever happened, nothing of it is still held.
  expect(eventLog.size).toEqual({ replies: 0, events: 0 });
  await upstream.close();
  await server.stop();
});

/** Asks, reads the answer to its end, and looks at what is kept of it. */
async function ask(script: Script) {
  upstream.answerWith(script);
  const sent = await client.call('sendMessage', { body: { message: 'hello' } });
  const { chat_id, message_id } = sent.reply;
  const response = await client.open('streamReply', { query: { chat_id, message_id } });
  const events: StreamEvent[] = [];
  let comments = 0;
  const parsed = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream({ onComment: () => void (comments += 1) }));
  for await (const { id, event, data } of parsed) {
    events.push({ seq: Number(id), event, data: JSON.parse(data) } as StreamEvent);
  }
  const { messages } = await client.call('listMessagesOfChat', { params: { chat_id } });
  const text = events.map((one) => (one.event === 'text-delta' ? one.data.delta : '')).join('');
  return { sent, ending: events.at(-1), text, comments, stored: messages.at(-1) };
}

const some: Script = [
  { do: 'text', text: 'Half a ' },
  { do: 'text', text: 'sentence' },
];
const status = (code: number, headers: Record<string, string> = {}): Script => [
  { do: 'status', status: code, headers, body: { error: { message: 'own words' } } },
];

describe('a provider that fails before the first word', () => {
  it.each([
    ['refuses the key', status(401), 'provider_unauthorized', false, 'own words'],
    ['is busy', status(429, { 'retry-after': '7' }), 'provider_rate_limited', true, 'own words'],
    ['has trouble', status(500), 'provider_unavailable', true, 'own words'],
    ['says nothing', [{ do: 'hang' }] as Script, 'provider_timeout', true, 'said nothing'],
    ['tears the connection', [{ do: 'reset' }] as Script, 'provider_unavailable', true, 'broke'],
  ])(
    'and %s ends the reply as an error that says so',
    async (_, script, code, retryable, words) => {
      const { ending, text, stored } = await ask(script);
      expect(ending).toMatchObject({
        event: 'message-error',
        data: { status: 'error', code, retryable, message: expect.stringContaining('acme') },
      });
      expect(text).toBe('');
      expect(stored).toMatchObject({ status: 'error', content: '', error: { code, retryable } });
      expect(stored?.error?.message).toContain(words);
    },
  );

  it('and says when to come back: so does the reply', async () => {
    const { ending, stored } = await ask(status(429, { 'retry-after': '7' }));
    expect(ending?.data).toMatchObject({ retry_after: 7 });
    expect(stored?.error).toMatchObject({ retry_after: 7 });
  });
});

describe('a provider that fails midway', () => {
  it.each<[string, Script, string]>([
    ['falls silent', [...some, { do: 'hang' }], 'provider_timeout'],
    ['ends without an ending', [...some, { do: 'end' }], 'provider_unavailable'],
    [
      'says what is no JSON',
      [...some, { do: 'raw', data: 'data: {"choices\n\n' }],
      'provider_invalid_response',
    ],
    [
      'sends a line of 10 MB',
      [...some, { do: 'flood', bytes: 10 * 1024 * 1024 }],
      'provider_invalid_response',
    ],
    ['reports an error', [...some, { do: 'error', error: { message: 'x' } }], 'provider_'],
  ])('and %s ends the reply as an error, with the text so far', async (_, script, code) => {
    const { ending, text, stored } = await ask(script);
    expect(ending).toMatchObject({
      event: 'message-error',
      data: { status: 'error', code: expect.stringContaining(code) },
    });
    expect(ending?.data).toMatchObject({ message: expect.stringContaining('is kept') });
    expect(text).toBe('Half a sentence');
    expect(stored).toMatchObject({ status: 'error', content: text });
  });
});

describe('a provider that is merely fast or slow', () => {
  it('loses nothing of 2,000 tokens said at once', async () => {
    const tokens = Array.from({ length: 2_000 }, (_, index) => ({
      do: 'text' as const,
      text: `${index} `,
    }));
    const { ending, text, stored } = await ask([...tokens, { do: 'finish' }, { do: 'done' }]);
    expect(ending).toMatchObject({ event: 'message-end', data: { status: 'complete' } });
    expect(text).toBe(tokens.map((token) => token.text).join(''));
    expect(stored?.content).toBe(text);
  });

  it('keeps the reader’s connection alive between words that are far apart', async () => {
    // Just not silent for long enough to be given up; heartbeats come in between.
    const pause = { do: 'wait', ms: SILENCE_MS / 2 } as const;
    const { ending, text, comments } = await ask([
      pause,
      ...some.flatMap((step) => [step, pause]),
      { do: 'finish' },
      { do: 'done' },
    ]);
    expect(ending).toMatchObject({ event: 'message-end', data: { status: 'complete' } });
    expect(text).toBe('Half a sentence');
    expect(comments).toBeGreaterThan(0);
  });
});

describe('a reader', () => {
  it('in another tab stops the reply: the provider is let go, and what was read is stored', async () => {
    upstream.answerWith([...some, { do: 'hang' }]);
    const sent = await client.call('sendMessage', { body: { message: 'hello' } });
    const { chat_id, message_id } = sent.reply;
    const open = () => client.open('streamReply', { query: { chat_id, message_id } });
    const first = await open();
    const asked = await upstream.request(0);
    const otherTab = server.nobody();
    otherTab.token = client.token;
    const whole = first.text();
    await expect
      .poll(
        async () =>
          (await client.call('listMessagesOfChat', { params: { chat_id } })).messages.at(-1)
            ?.content,
      )
      .toBe('Half a sentence');
    await otherTab.call('stopReply', { body: { chat_id, message_id } });
    expect(await asked.closed).toEqual({ wasWhole: false });
    expect(await whole).toContain('"status":"stopped"');
    const { messages } = await client.call('listMessagesOfChat', { params: { chat_id } });
    expect(messages.at(-1)).toMatchObject({ status: 'stopped', content: 'Half a sentence' });
    const eventsIn = (stream: string) => stream.replaceAll(': heartbeat\n\n', '');
    expect(eventsIn(await (await open()).text())).toBe(eventsIn(await whole));
  });

  it('that stops reading holds up nobody, and costs what one batch costs', async () => {
    const piece = 'word '.repeat(1_600);
    const count = 1_000;
    upstream.answerWith([
      ...Array.from({ length: count }, () => ({ do: 'text', text: piece }) as const),
      { do: 'finish' },
      { do: 'usage', prompt: 1, completion: 1_600_000 },
      { do: 'done' },
    ]);
    const sent = await client.call('sendMessage', { body: { message: 'flood' } });
    const { chat_id, message_id } = sent.reply;
    const stalled = await openStalled(
      `/api/chats/stream?chat_id=${chat_id}&message_id=${message_id}`,
    );
    const eager = await client.open('streamReply', { query: { chat_id, message_id } });
    let most = 0;
    const reading = (eager.body as ReadableStream<Uint8Array>).getReader();
    while (!(await reading.read()).done) {
      most = Math.max(most, eventLog.size.events);
    }
    // 8 MB have passed; the log never held more than what storage may lag behind with, and a tail.
    expect(most).toBeLessThan(500);
    expect(eventLog.size).toEqual({ replies: 0, events: 0 });
    // The stalled one finds all of it when it goes on.
    let bytes = 0;
    for await (const chunk of stalled) bytes += (chunk as Buffer).length;
    expect(bytes).toBeGreaterThan(count * piece.length);
  }, 90_000);
});

/** A response nobody reads from: its socket fills up, and then the server must wait. */
async function openStalled(path: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${client.token}` };
  const asking = httpRequest(new URL(path, server.url), { headers });
  asking.end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  return response.pause();
}
