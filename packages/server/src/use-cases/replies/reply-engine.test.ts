import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { addText } from '../../domain/reply-chunks.js';
import { afterEach, describe, expect, it } from 'vitest';
import {
  endingOf,
  openReplyStage,
  textOf,
  type ReplyStage,
  type StageOptions,
} from '../../test-support/reply-stage.js';
import { presetRules } from '../../adapters/openai-compatible/presets.js';
import type { ModelProvider } from '../../ports/model-provider.js';
import { wholeReply, type Script } from '../../test-support/scripted-upstream.js';
import { makeFirstSend } from '../../test-support/storage-fixtures.js';
import type { Sent } from '../send-message.js';

let stage: ReplyStage;
afterEach(() => stage.close());

const hang: Script = [{ do: 'text', text: 'so ' }, { do: 'text', text: 'far' }, { do: 'hang' }];

async function begin(script: Script, options?: StageOptions): Promise<Sent> {
  stage = await openReplyStage(options);
  stage.upstream.answerWith(script);
  return stage.send(stage.caller, { message: 'Hello' });
}

/** Reads until the text so far is there, then leaves. */
async function readUntil(sent: Sent, text: string): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const batch of await stage.open(stage.caller, sent)) {
    for (const event of batch) {
      events.push(event);
      if (textOf(events) === text) return events;
    }
  }
  throw new Error(`The stream ended before "${text}".`);
}

const stored = (sent: Sent) => stage.storage.findMessage(stage.caller.userId, sent.reply.id);

describe('a reply', () => {
  it('is told in order, numbered from 1, and kept with what it cost', async () => {
    const sent = await begin([{ do: 'reasoning', text: 'hmm' }, ...wholeReply('Hi', ' you')]);
    const events = await stage.read(stage.caller, sent);
    expect(events.map(({ event }) => event)).toEqual([
      'message-start',
      'reasoning-delta',
      'text-delta',
      'text-delta',
      'message-end',
    ]);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(endingOf(events).data).toMatchObject({
      status: 'complete',
      token_count_source: 'provider',
      prompt_tokens: 11,
      completion_tokens: 2,
      finish_reason: 'stop',
    });
    expect(await stored(sent)).toMatchObject({
      status: 'complete',
      content: 'Hi you',
      reasoning: 'hmm',
      metrics: { completion_tokens: 2 },
    });
  });

  it('counts its tokens itself when the provider does not, and says so', async () => {
    const sent = await begin([
      { do: 'text', text: 'Hello there, friend!' },
      { do: 'finish', reason: 'length' },
      { do: 'done' },
    ]);
    const { data } = endingOf(await stage.read(stage.caller, sent));
    expect(data).toMatchObject({
      token_count_source: 'tokenizer',
      completion_tokens: 5,
      finish_reason: 'length',
    });
  });

  it('is saved before its ending is shown', async () => {
    const order: string[] = [];
    const sent = await begin(wholeReply('Hi'), {
      wrapStorage: (storage) => ({
        ...storage,
        async endReply(ending) {
          for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
          const isSaved = await storage.endReply(ending);
          order.push('saved');
          return isSaved;
        },
      }),
    });
    await stage.read(stage.caller, sent);
    order.push('shown');
    expect(order).toEqual(['saved', 'shown']);
  });

  it.each([
    ['stop', [], 'provider_invalid_response', 'ended without a word'],
    ['stop', [{ do: 'text', text: ' \n' }], 'provider_invalid_response', 'ended without a word'],
    ['content_filter', [], 'provider_rejected', 'content filter'],
    ['tool_calls', [], 'provider_rejected', 'tool'],
    ['length', [], 'provider_rejected', 'Allow a longer output'],
    ['length', [{ do: 'reasoning', text: 'hm' }], 'provider_rejected', 'while it thought'],
    ['stop', [{ do: 'reasoning', text: 'hm' }], 'provider_invalid_response', 'without an answer'],
  ] as const)('that is empty says why: %s after %j', async (reason, steps, code, words) => {
    const sent = await begin([...steps, { do: 'finish', reason }, { do: 'done' }]);
    const ending = endingOf(await stage.read(stage.caller, sent));
    expect(ending).toMatchObject({ event: 'message-error', data: { status: 'error', code } });
    const message = await stored(sent);
    expect(message?.error?.message).toContain(words);
    expect(message?.status).toBe('error');
  });

  it.each([
    ['text', [{ do: 'text', text: '0123456789' }], { content: '0123456', reasoning: '' }],
    [
      'text in pieces',
      [...'0123456789'].map((text) => ({ do: 'text', text }) as const),
      { content: '0123456', reasoning: '' },
    ],
    [
      'thoughts',
      [
        { do: 'text', text: 'a' },
        { do: 'reasoning', text: 'hm, well' },
      ],
      { content: 'a', reasoning: 'hm, w' },
    ],
    [
      'a character of two units',
      [{ do: 'text', text: '012345😀' }],
      { content: '012345', reasoning: '' },
    ],
  ] as const)('that goes on for ever ends at a bound, with %s kept', async (_, steps, kept) => {
    const bounds = { maxCharacters: 7, maxReasoningCharacters: 5 };
    const sent = await begin([...steps, { do: 'hang' }], { engine: { bounds } });
    const events = await stage.read(stage.caller, sent);
    expect(endingOf(events)).toMatchObject({
      event: 'message-end',
      data: { status: 'complete', finish_reason: 'length' },
    });
    expect(events.reduce(addText, { content: '', reasoning: '' })).toEqual(kept);
    expect(await stored(sent)).toMatchObject(kept);
    const { wasWhole } = await (await stage.upstream.request(0)).closed;
    expect(wasWhole).toBe(false);
  });

  it('that takes too long ends, with its text kept', async () => {
    const sent = await begin(hang, { engine: { bounds: { maxMs: 30 } } });
    const ending = endingOf(await stage.read(stage.caller, sent));
    expect(['message-end', 'message-error']).toContain(ending.event);
    expect((await stored(sent))?.status).not.toBe('streaming');
    const { wasWhole } = await (await stage.upstream.request(0)).closed;
    expect(wasWhole).toBe(false);
  });

  it('moves what turns out to have been thought, for readers and in storage', async () => {
    const sent = await begin([
      { do: 'text', text: 'Hm, a greeting.' },
      { do: 'text', text: ' I greet.\n</think>\n\n' },
      { do: 'text', text: 'Hello' },
      { do: 'finish' },
      { do: 'done' },
    ]);
    const events = await stage.read(stage.caller, sent);
    const told = events.reduce(addText, { content: '', reasoning: '' });
    expect(told).toEqual({ content: 'Hello', reasoning: 'Hm, a greeting. I greet.\n' });
    expect(await stored(sent)).toMatchObject({ status: 'complete', ...told });
  });

  it('keeps text that no database should be asked to hold in bounded, well-formed pieces', async () => {
    const long = '😀'.repeat(10_000);
    const sent = await begin([
      { do: 'raw', data: 'data: {"choices":[{"delta":{"content":"a\\u0000\\ud83d"}}]}\n\n' },
      { do: 'raw', data: 'data: {"choices":[{"delta":{"content":"\\ude00b\\udc00"}}]}\n\n' },
      ...wholeReply(long),
    ]);
    const events = await stage.read(stage.caller, sent);
    expect(textOf(events)).toBe(`a\uFFFD😀b\uFFFD${long}`);
    for (const event of events) {
      if (event.event !== 'text-delta') continue;
      expect(event.data.delta.isWellFormed()).toBe(true);
      expect(event.data.delta.length).toBeLessThanOrEqual(8192);
    }
    expect((await stored(sent))?.content).toBe(textOf(events));
  });

  it('goes on without readers and is complete when one comes late', async () => {
    const sent = await begin(wholeReply('one ', 'two'));
    await stage.hear(({ event }) => event === 'reply_ended');
    expect(textOf(await stage.read(stage.caller, sent))).toBe('one two');
  });

  it('tells its owner, and nobody else, that it began and ended', async () => {
    const sent = await begin(wholeReply('Hi'));
    await stage.hear(({ event }) => event === 'reply_ended');
    expect(stage.told.map(({ event }) => event.event)).toEqual([
      'chat_created',
      'message_created',
      'message_created',
      'reply_started',
      'message_updated',
      'reply_ended',
    ]);
    expect(new Set(stage.told.map(({ userId }) => userId))).toEqual(new Set([stage.caller.userId]));
    const ended = stage.told.at(-1)?.event;
    expect(ended?.data).toEqual({
      chat_id: sent.chat.id,
      message_id: sent.reply.id,
      status: 'complete',
    });
  });
});

describe('readers', () => {
  it('resume after any event, live or late, to the same text', async () => {
    let release = () => {};
    const until = new Promise<void>((resolve) => (release = resolve));
    const sent = await begin([
      ...['a', 'b', 'ค', '😀'].map((text) => ({ do: 'text', text }) as const),
      { do: 'hold', until },
      ...wholeReply('e', 'f'),
    ]);
    const first = await readUntil(sent, 'abค😀');
    const live = first.map(({ seq }) => stage.read(stage.caller, sent, seq));
    release();
    const whole = await stage.read(stage.caller, sent);
    expect(textOf(whole)).toBe('abค😀ef');
    for (const [index, events] of (await Promise.all(live)).entries()) {
      expect(events).toEqual(whole.slice(index + 1));
    }
    for (let seq = 0; seq < whole.length; seq += 1) {
      const late = await stage.read(stage.caller, sent, seq);
      expect(late).toEqual(whole.slice(seq));
    }
  });

  it('may be many, each at its own pace, and leave without ending it', async () => {
    const sent = await begin(wholeReply(...Array.from({ length: 50 }, (_, n) => `${n} `)));
    await readUntil(sent, '0 1 ');
    const [one, two] = await Promise.all([
      stage.read(stage.caller, sent),
      stage.read(stage.caller, sent),
    ]);
    expect(one).toEqual(two);
    expect(endingOf(one).data).toMatchObject({ status: 'complete' });
  });

  it('that are slow are served from storage, and keep nothing in memory', async () => {
    const words = Array.from({ length: 2_000 }, (_, n) => `${n} `);
    let pagesRead = 0;
    const sent = await begin(wholeReply(...words), {
      wrapStorage: (storage) => ({
        ...storage,
        listReplyEvents(...args) {
          pagesRead += 1;
          return storage.listReplyEvents(...args);
        },
      }),
    });
    const reader = (await stage.open(stage.caller, sent))[Symbol.asyncIterator]();
    const events: StreamEvent[] = [];
    const step = async () => {
      const { value, done } = await reader.next();
      if (!done) events.push(...value);
      return !done;
    };
    await step();
    await stage.hear(({ event }) => event === 'reply_ended');
    while (await step());
    expect(pagesRead).toBeGreaterThan(1);
    expect(textOf(events)).toBe(words.join(''));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  it('leave by their signal', async () => {
    const sent = await begin(hang);
    const controller = new AbortController();
    const stream = await stage.open(stage.caller, sent, 3, controller.signal);
    const waiting = stream[Symbol.asyncIterator]().next();
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });
});

describe('stopping', () => {
  it("closes the provider's connection and keeps exactly what the reader saw", async () => {
    const sent = await begin(hang);
    const seen = await readUntil(sent, 'so far');
    const upstream = await stage.upstream.request(0);
    await stage.stopReply(stage.caller, { chatId: sent.chat.id });
    expect(await upstream.closed).toEqual({ wasWhole: false });
    const rest = await stage.read(stage.caller, sent, seen.length);
    expect(endingOf(rest)).toMatchObject({ event: 'message-end', data: { status: 'stopped' } });
    expect(await stored(sent)).toMatchObject({ status: 'stopped', content: 'so far' });
    expect(textOf(await stage.read(stage.caller, sent))).toBe('so far');
  });

  it('works before the first token', async () => {
    const sent = await begin([{ do: 'hang' }]);
    const upstream = await stage.upstream.request(0);
    expect(await stage.engine.stop(sent.reply.id)).toBe(true);
    expect(await upstream.closed).toEqual({ wasWhole: false });
    expect(endingOf(await stage.read(stage.caller, sent)).data).toMatchObject({
      status: 'stopped',
      completion_tokens: 0,
    });
  });

  it('of a reply that has ended changes nothing', async () => {
    const sent = await begin(wholeReply('Hi'));
    await stage.read(stage.caller, sent);
    expect(await stage.engine.stop(sent.reply.id)).toBe(false);
    await stage.stopReply(stage.caller, { chatId: sent.chat.id, messageId: sent.reply.id });
    expect((await stored(sent))?.status).toBe('complete');
  });

  it('by a stranger finds nothing', async () => {
    const sent = await begin(hang);
    const { chat, reply } = sent;
    for (const messageId of [undefined, reply.id]) {
      const attempt = stage.stopReply(stage.stranger, { chatId: chat.id, messageId });
      await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await stored(sent))?.status).not.toBe('stopped');
    await stage.stopReply(stage.caller, { chatId: chat.id, messageId: reply.id });
    expect((await stored(sent))?.status).toBe('stopped');
  });
});

describe('a provider that fails', () => {
  const status = (code: number, headers = {}): Script => [
    { do: 'status', status: code, headers, body: { error: { message: 'x' } } },
  ];
  // The pause lets the text arrive before a reset throws away what is on its way.
  const after = (fault: Script): Script => [
    { do: 'text', text: 'so far' },
    { do: 'wait', ms: 20 },
    ...fault,
  ];

  it.each<[string, Script, string, string]>([
    ['401', status(401), 'provider_unauthorized', ''],
    ['429', status(429, { 'retry-after': '7' }), 'provider_rate_limited', ''],
    ['500', status(500), 'provider_unavailable', ''],
    ['a redirect', status(302, { location: '/' }), 'provider_invalid_response', ''],
    [
      'nonsense',
      after([{ do: 'raw', data: 'data: {\n\n' }]),
      'provider_invalid_response',
      'so far',
    ],
    ['a reset', after([{ do: 'reset' }]), 'provider_unavailable', 'so far'],
    ['an early end', after([{ do: 'end' }]), 'provider_unavailable', 'so far'],
    [
      '10 MB in a line',
      after([{ do: 'flood', bytes: 10_485_760 }]),
      'provider_invalid_response',
      'so far',
    ],
    [
      'an error midway',
      after([{ do: 'error', error: { message: 'no' } }]),
      'provider_unavailable',
      'so far',
    ],
  ])('by %s ends the reply clearly and keeps the text so far', async (_, script, code, text) => {
    const sent = await begin(script);
    const events = await stage.read(stage.caller, sent);
    const ending = endingOf(events);
    expect(ending.event).toBe('message-error');
    expect(ending.data).toMatchObject({ status: 'error', code });
    expect(textOf(events)).toBe(text);
    const message = await stored(sent);
    expect(message).toMatchObject({ status: 'error', content: text, error: { code } });
    expect(message?.error?.message.endsWith('What was written so far is kept.')).toBe(text !== '');
    expect(message?.metrics === null).toBe(text === '');
    // What is told late is what was told live.
    expect(await stage.read(stage.caller, sent)).toEqual(events);
  });

  it.each([
    ['at first', { first_byte_ms: 30 }, ''],
    ['midway', { idle_ms: 30 }, 'so far'],
  ])('by silence %s is given up', async (_, timeouts, text) => {
    const script: Script = text === '' ? [{ do: 'hang' }] : [{ do: 'text', text }, { do: 'hang' }];
    const sent = await begin(script, { provider: { timeouts } });
    const events = await stage.read(stage.caller, sent);
    expect(endingOf(events).data).toMatchObject({ status: 'error', code: 'provider_timeout' });
    expect(await stored(sent)).toMatchObject({ status: 'error', content: text });
  });

  it('says when to try again', async () => {
    const sent = await begin(status(429, { 'retry-after': '7' }));
    expect(endingOf(await stage.read(stage.caller, sent)).data).toMatchObject({
      retryable: true,
      retry_after: 7,
    });
  });
});

describe('a process that goes away', () => {
  it('lets replies finish when it drains', async () => {
    let release = () => {};
    const until = new Promise<void>((resolve) => (release = resolve));
    const sent = await begin([{ do: 'hold', until }, ...wholeReply('done')]);
    await stage.upstream.request(0);
    const drained = stage.engine.drain(60_000);
    expect(stage.engine.isAccepting).toBe(false);
    const refused = stage.send(stage.caller, { message: 'more' });
    await expect(refused).rejects.toMatchObject({ code: 'shutting_down' });
    release();
    await drained;
    expect((await stored(sent))?.status).toBe('complete');
  });

  it('interrupts what does not finish in time, and says so to its readers', async () => {
    const sent = await begin(hang);
    const seen = await readUntil(sent, 'so far');
    const reading = stage.read(stage.caller, sent, seen.length);
    await stage.engine.drain(1);
    expect(endingOf(await reading)).toMatchObject({
      event: 'message-error',
      data: { status: 'interrupted', code: 'interrupted', retryable: true },
    });
    expect(await stored(sent)).toMatchObject({ status: 'interrupted', content: 'so far' });
  });

  it('leaves replies that its successor ends, with a prefix of what their readers saw', async () => {
    const sent = await begin(hang, { engine: { persistIntervalMs: 1 } });
    const seen = await readUntil(sent, 'so far');
    await stage.crash();
    expect(await stage.engine.recover()).toBe(1);
    expect(await stage.engine.recover()).toBe(0);
    const message = await stored(sent);
    expect(message).toMatchObject({ status: 'interrupted', error: { code: 'interrupted' } });
    expect('so far'.startsWith(message?.content ?? '?')).toBe(true);
    const late = await stage.read(stage.caller, sent);
    expect(late[0]?.event).toBe('message-start');
    expect(textOf(late)).toBe(message?.content);
    for (let seq = 0; seq <= seen.length; seq += 1) {
      const resumed = await stage.read(stage.caller, sent, seq);
      expect(endingOf(resumed).data).toMatchObject({ status: 'interrupted' });
      expect(resumed.filter(({ event }) => event === 'message-error')).toHaveLength(1);
    }
  });

  it('leaves a reply nothing was saved of, and even that ends properly', async () => {
    const sent = await begin([{ do: 'hang' }], { engine: { persistIntervalMs: 3_600_000 } });
    await stage.crash();
    expect(await stage.engine.recover()).toBe(1);
    const events = await stage.read(stage.caller, sent);
    expect(events.map(({ event }) => event)).toEqual(['message-start', 'message-error']);
  });

  it('does not take a send that is just being recorded for one it left', async () => {
    stage = await openReplyStage();
    stage.advanceClock(1_000);
    const { send, reply } = makeFirstSend(stage.caller.userId, { at: Date.now() + 1_000 });
    await stage.storage.recordSend(send);
    expect(await stage.engine.recover()).toBe(0);
    const found = await stage.storage.findMessage(stage.caller.userId, reply.id);
    expect(found?.status).toBe('pending');
  });

  it("does not touch another node's replies until that node has been silent for long", async () => {
    const sent = await begin(hang);
    await readUntil(sent, 'so far');
    await stage.crash({ engine: { nodeId: 'node-b' } });
    expect(await stage.engine.recover()).toBe(0);
    const reading = stage.read(stage.caller, sent);
    stage.advanceClock(60_000);
    expect(await stage.engine.recover()).toBe(1);
    expect(endingOf(await reading).data).toMatchObject({ status: 'interrupted' });
  });

  it('shows that it lives while its replies are silent', async () => {
    const sent = await begin(hang, { engine: { persistIntervalMs: 1, heartbeatMs: 1_000 } });
    await readUntil(sent, 'so far');
    stage.advanceClock(3_600_000);
    const lately = Date.now() + 3_599_000;
    while ((await stage.storage.listAbandonedReplies(lately, 9)).length > 0) {
      await new Promise(setImmediate);
    }
    expect((await stored(sent))?.status).toBe('streaming');
  });

  it('loses the race for an ending to the one who came first, and readers see that one', async () => {
    const sent = await begin(hang, { engine: { persistIntervalMs: 1 } });
    const seen = await readUntil(sent, 'so far');
    const won = await stage.storage.endReply({
      messageId: sent.reply.id,
      status: 'interrupted',
      content: 'so',
      reasoning: '',
      error: { code: 'interrupted', message: 'reaped', retryable: true },
      metrics: null,
      parameters: null,
      events: [],
      at: Date.now(),
    });
    expect(won).toBe(true);
    expect(await stage.engine.stop(sent.reply.id)).toBe(true);
    const rest = await stage.read(stage.caller, sent, seen.length);
    expect(endingOf(rest).data).toMatchObject({ status: 'interrupted', message: 'reaped' });
    expect((await stored(sent))?.content).toBe('so');
  });
});

describe('a reply whose log is gone', () => {
  it('is told anew from its message, but cannot be resumed', async () => {
    const sent = await begin([{ do: 'reasoning', text: 'hmm' }, ...wholeReply('Hi', ' you')]);
    const before = await stage.read(stage.caller, sent);
    expect(await stage.storage.purgeReplyEvents(Date.now() + 1, 10)).toBe(1);
    const after = await stage.read(stage.caller, sent);
    expect(after.map(({ event }) => event)).toEqual([
      'message-start',
      'reasoning-delta',
      'text-delta',
      'message-end',
    ]);
    expect(after.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(textOf(after)).toBe('Hi you');
    expect(endingOf(after).data).toEqual(endingOf(before).data);
    await expect(stage.read(stage.caller, sent, 2)).rejects.toMatchObject({
      code: 'stream_expired',
    });
  });
});

describe('a database that fails for a moment', () => {
  it('costs no text: what could not be saved is saved with the next', async () => {
    let failures = 3;
    const sent = await begin(hang, {
      wrapStorage: (storage) => ({
        ...storage,
        async appendReplyEvents(progress, at) {
          failures -= 1;
          if (failures >= 0) throw new Error('disk full');
          return storage.appendReplyEvents(progress, at);
        },
      }),
    });
    await readUntil(sent, 'so far');
    while ((await stage.storage.listReplyEvents(sent.reply.id, 0, 10)).length < 3) {
      await new Promise(setImmediate);
    }
    expect(textOf(await stage.storage.listReplyEvents(sent.reply.id, 0, 10))).toBe('so far');
    expect(failures).toBeLessThan(0);
  });

  it('makes a fast provider wait rather than hold its text in memory', async () => {
    const piece = 'x'.repeat(8_000);
    const pieces = 300;
    let given = 0;
    let release = () => {};
    const until = new Promise<void>((resolve) => (release = resolve));
    const torrent: ModelProvider = {
      name: 'torrent',
      makesTitles: false,
      listModels: async () => [{ id: 'm', name: 'm', parameters: presetRules.generic }],
      async complete(_request, take) {
        while (given < pieces) {
          given += 1;
          await take([{ type: 'text', text: piece }]);
        }
        await take([{ type: 'usage', promptTokens: 1, completionTokens: 1 }]);
      },
    };
    stage = await openReplyStage({
      engine: { bounds: { maxCharacters: Infinity } },
      providers: [torrent],
      wrapStorage: (storage) => ({
        ...storage,
        async appendReplyEvents(progress, at) {
          await until;
          return storage.appendReplyEvents(progress, at);
        },
      }),
    });
    const sent = await stage.send(stage.caller, { message: 'go', parameters: { model: 'm' } });
    for (let turn = 0; turn < 2_000; turn += 1) await new Promise(setImmediate);
    // 512 Ki of text and not much more.
    expect(given).toBeGreaterThan(60);
    expect(given).toBeLessThan(80);
    release();
    const text = textOf(await stage.read(stage.caller, sent));
    // Not compared as texts: the difference of two so long would take minutes to print.
    expect(text === piece.repeat(pieces)).toBe(true);
  });
});

describe('what a reply costs', () => {
  const spent = () =>
    stage.storage.sumUsage(stage.caller.userId, { from: '2000-01-01', to: '9999-12-31' });
  const reply = { kind: 'reply', count: 1 };

  it('is known of one that ends well, as its provider counts', async () => {
    const sent = await begin(wholeReply('One', ' two'));
    await stage.read(stage.caller, sent);
    expect(await spent()).toMatchObject([
      { ...reply, model: sent.reply.model, promptTokens: 11, completionTokens: 2 },
    ]);
  });

  it('is known of one that is stopped or fails midway, counted here, and of none without a word', async () => {
    const stopped = await begin(hang);
    await readUntil(stopped, 'so far');
    await stage.stopReply(stage.caller, { chatId: stopped.chat.id });
    const [first] = await spent();
    expect(first).toMatchObject(reply);
    expect(first?.completionTokens).toBeGreaterThan(0);
    stage.upstream.answerWith([{ do: 'text', text: 'half' }, { do: 'end' }]);
    const failed = await stage.send(stage.caller, { message: 'Again' });
    await stage.read(stage.caller, failed);
    expect(await spent()).toMatchObject([{ count: 2 }]);
    stage.upstream.answerWith([{ do: 'status', status: 401 }]);
    await stage.read(stage.caller, await stage.send(stage.caller, { message: 'And again' }));
    expect(await spent()).toMatchObject([{ count: 2 }]);
  });

  it('is recorded once, whatever fails between it and the ending', async () => {
    let failures = 2;
    const sent = await begin(wholeReply('One', ' two'), {
      wrapStorage: (storage) => ({
        ...storage,
        async endReply(ending) {
          failures -= 1;
          if (failures >= 0) throw new Error('disk full');
          return storage.endReply(ending);
        },
      }),
    });
    await stage.read(stage.caller, sent);
    expect(failures).toBeLessThan(0);
    expect(await spent()).toMatchObject([{ ...reply, promptTokens: 11 }]);
  });
});
