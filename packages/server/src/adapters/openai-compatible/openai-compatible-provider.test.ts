import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DomainError } from '../../domain/domain-error.js';
import type { CompletionEvent, CompletionRequest } from '../../ports/model-provider.js';
import {
  startScriptedUpstream,
  wholeReply,
  type Script,
  type ScriptedUpstream,
} from '../../test-support/scripted-upstream.js';
import { createOpenAiCompatibleProvider } from './openai-compatible-provider.js';
import type { ProviderConfigInput } from './provider-config.js';

const KEY = 'sk-test-0123456789abcdef';
const request: CompletionRequest = {
  model: 'scripted',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
  ],
  parameters: { max_tokens: 50, temperature: 0.5, stop: ['END'] },
};

let upstream: ScriptedUpstream;
beforeEach(async () => {
  upstream = await startScriptedUpstream();
});
afterEach(() => upstream.close());

function provider(extra: Partial<ProviderConfigInput> = {}) {
  return createOpenAiCompatibleProvider({
    name: 'acme',
    base_url: upstream.baseUrl,
    api_key: KEY,
    ...extra,
  });
}

/** What came before the stream ended, and what ended it. */
async function run(
  script: Script,
  { config = {}, signal = new AbortController().signal } = {},
): Promise<{ events: CompletionEvent[]; text: string; error: DomainError | undefined }> {
  upstream.answerWith(script);
  const events: CompletionEvent[] = [];
  let error: DomainError | undefined;
  try {
    await provider(config).complete(request, (batch) => void events.push(...batch), signal);
  } catch (thrown) {
    error = thrown as DomainError;
  }
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { events, text, error };
}

describe('a completion', () => {
  it('asks as OpenAI documents it and passes on every delta, the usage and the reason', async () => {
    const { events, error } = await run(wholeReply('Hel', 'lo ', 'สวัสดี'));
    expect(error).toBeUndefined();
    expect(events).toEqual([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo ' },
      { type: 'text', text: 'สวัสดี' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', promptTokens: 11, completionTokens: 3 },
    ]);
    const [received] = upstream.requests;
    expect(received?.path).toBe('/v1/chat/completions');
    expect(received?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(received?.body).toEqual({
      ...request.parameters,
      model: 'scripted',
      messages: request.messages,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('sends no key where none is configured, whatever the environment holds', async () => {
    const before = process.env.OPENAI_API_KEY;
    process.env.OPENAI_API_KEY = 'sk-of-someone-else';
    try {
      await run(wholeReply('x'), { config: { api_key: undefined } });
    } finally {
      if (before === undefined) delete process.env.OPENAI_API_KEY;
      else process.env.OPENAI_API_KEY = before;
    }
    expect(upstream.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('leaves usage out where the endpoint refuses to be asked for it', async () => {
    const { error } = await run(
      [{ do: 'text', text: 'a' }, { do: 'finish', reason: 'length' }, { do: 'done' }],
      { config: { include_usage: false } },
    );
    expect(error).toBeUndefined();
    expect(upstream.requests[0]?.body).not.toHaveProperty('stream_options');
  });

  it.each(['reasoning_content', 'reasoning'])('reads thoughts from %s', async (field) => {
    const { events } = await run([
      { do: 'reasoning', text: 'hmm', field },
      ...wholeReply('answer'),
    ]);
    expect(events.slice(0, 2)).toEqual([
      { type: 'reasoning', text: 'hmm' },
      { type: 'text', text: 'answer' },
    ]);
  });

  it('reads thoughts from think tags at the beginning', async () => {
    const { events, text } = await run(wholeReply('<thi', 'nk>hm', 'm</thin', 'k>\n\nanswer'));
    const thought = events.map((event) => (event.type === 'reasoning' ? event.text : '')).join('');
    expect(thought).toBe('hmm');
    expect(text).toBe('answer');
  });

  it('takes a last event without a blank line after it', async () => {
    const last = '{"choices":[{"delta":{"content":"!"},"finish_reason":"stop"}]}';
    const { text, error } = await run([
      { do: 'text', text: 'Hi' },
      { do: 'raw', data: `data: ${last}` },
    ]);
    expect(error).toBeUndefined();
    expect(text).toBe('Hi!');
  });

  it('closes the connection at once when aborted, before and during the answer', async () => {
    for (const script of [
      [{ do: 'hang' }],
      [{ do: 'text', text: 'a' }, { do: 'hang' }],
    ] as Script[]) {
      const controller = new AbortController();
      const index = upstream.requests.length;
      const running = run(script, { signal: controller.signal });
      const received = await upstream.request(index);
      controller.abort(new Error('stopped by its owner'));
      expect(await received.closed).toEqual({ wasWhole: false });
      expect((await running).error?.message).toBe('stopped by its owner');
    }
  });

  it.each([
    [
      'at once',
      () => {
        throw new Error('full');
      },
    ],
    [
      'later',
      async () => {
        await setImmediate();
        throw new Error('full');
      },
    ],
  ])(
    'closes the connection when what it says cannot be taken, as is found %s',
    async (_, refuse) => {
      upstream.answerWith([{ do: 'text', text: 'a' }, { do: 'hang' }]);
      const reading = provider().complete(request, refuse, new AbortController().signal);
      await expect(reading).rejects.toThrow('full');
      expect(await upstream.requests[0]?.closed).toEqual({ wasWhole: false });
    },
  );

  it('says no more until what it said has been taken', async () => {
    const words = Array.from({ length: 200 }, (_, index) => `${index} `);
    upstream.answerWith(wholeReply(...words));
    let isTaking = false;
    let text = '';
    await provider().complete(
      request,
      async (batch) => {
        expect(isTaking).toBe(false);
        isTaking = true;
        await setImmediate();
        for (const event of batch) text += event.type === 'text' ? event.text : '';
        isTaking = false;
      },
      new AbortController().signal,
    );
    expect(text).toBe(words.join(''));
  });
});

describe('a provider that fails', () => {
  const status = (code: number, body: unknown = {}, headers = {}): Script => [
    { do: 'status', status: code, body, headers },
  ];
  const openAiError = (message: string, code: string | null = null) => ({
    error: { message, type: 'x', code },
  });

  it.each([
    [401, openAiError('Incorrect API key'), 'provider_unauthorized', /API key/],
    [403, openAiError('no'), 'provider_unauthorized', /API key/],
    [402, openAiError('pay'), 'provider_rejected', /credit/],
    [429, openAiError('quota', 'insufficient_quota'), 'provider_rejected', /credit/],
    [500, openAiError('boom'), 'provider_unavailable', /HTTP 500/],
    [503, '<html>down</html>', 'provider_unavailable', /HTTP 503/],
    [400, openAiError('temperature is wrong'), 'provider_rejected', /temperature is wrong/],
    [404, openAiError('model gone'), 'provider_rejected', /model gone/],
    [400, { error: 'a plain reason' }, 'provider_rejected', /a plain reason/],
    [422, { detail: 'a detailed reason' }, 'provider_rejected', /a detailed reason/],
    [400, openAiError('x', 'context_length_exceeded'), 'context_too_long', /too long/],
    [
      400,
      { object: 'error', message: "This model's maximum context length is 4096 tokens." },
      'context_too_long',
      /too long/,
    ],
  ])('puts HTTP %i into words and a code (%#)', async (code, body, expected, words) => {
    const { error } = await run(status(code, body));
    expect(error?.code).toBe(expected);
    expect(error?.message).toMatch(words);
    expect(error?.message).toContain('acme');
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    ['20', 20],
    [new Date(Date.now() + 3_600_000).toUTCString(), 3600],
  ])('passes on how long to wait: %s', async (header, expected) => {
    const { error } = await run(status(429, openAiError('slow down'), { 'retry-after': header }));
    expect(error?.code).toBe('provider_rate_limited');
    expect(error?.retryable).toBe(true);
    expect(Math.abs((error?.retryAfterSeconds ?? 0) - expected)).toBeLessThanOrEqual(5);
  });

  it('never shows the key, an address or markup in its words', async () => {
    const { error } = await run(
      status(400, openAiError(`bad ${KEY} at http://10.0.0.7/x <b>now</b>\n${'y'.repeat(900)}`)),
    );
    expect(error?.message).not.toContain(KEY);
    expect(error?.message).not.toMatch(/10\.0\.0\.7|<b>|\n/);
    expect(error?.message.length).toBeLessThan(300);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await startScriptedUpstream();
    try {
      const location = `${elsewhere.baseUrl}/chat/completions`;
      for (const code of [301, 302, 307, 308]) {
        const { error } = await run(status(code, {}, { location }));
        expect(error?.code).toBe('provider_invalid_response');
        expect(error?.message).toMatch(/redirect/);
      }
      expect(elsewhere.requests).toHaveLength(0);
    } finally {
      await elsewhere.close();
    }
  });

  it.each<[string, Script, string]>([
    [
      'sends what is not JSON',
      [{ do: 'raw', data: 'data: {oops\n\n' }],
      'provider_invalid_response',
    ],
    [
      'sends another shape, and no more,',
      [{ do: 'raw', data: 'data: {"choices":7}\n\n' }, { do: 'end' }],
      'provider_unavailable',
    ],
    [
      'reports an error midway',
      [{ do: 'error', error: { message: 'overloaded' } }],
      'provider_unavailable',
    ],
    [
      'reports a limit midway',
      [{ do: 'error', error: { message: 'slow', code: 429 } }],
      'provider_rate_limited',
    ],
    ['resets the connection', [{ do: 'reset' }], 'provider_unavailable'],
    ['ends too early', [{ do: 'end' }], 'provider_unavailable'],
  ])('that %s keeps the text so far', async (_, fault, code) => {
    // The pause lets the text arrive before a reset throws away what is on its way.
    const { text, error } = await run([
      { do: 'text', text: 'so far' },
      { do: 'wait', ms: 20 },
      ...fault,
    ]);
    expect(error?.code).toBe(code);
    expect(text).toBe('so far');
    expect(await upstream.requests[0]?.closed).toBeDefined();
  });

  it('that sends 10 MB in a line is left long before its end', async () => {
    const { text, error } = await run([
      { do: 'text', text: 'so far' },
      { do: 'flood', bytes: 10 * 1024 * 1024 },
    ]);
    expect(error?.code).toBe('provider_invalid_response');
    expect(text).toBe('so far');
    expect(await upstream.requests[0]?.closed).toEqual({ wasWhole: false });
  });

  it('that answers with something else entirely is told apart', async () => {
    const { error } = await run(
      status(200, '<html>Welcome</html>', { 'content-type': 'text/html' }),
    );
    expect(error?.code).toBe('provider_invalid_response');
  });

  it('that is silent is given up, before the first byte and midway', async () => {
    const silent = await run([{ do: 'hang' }], { config: { timeouts: { first_byte_ms: 500 } } });
    expect(silent.error?.code).toBe('provider_timeout');
    expect(await upstream.requests[0]?.closed).toEqual({ wasWhole: false });
    const midway = await run([{ do: 'text', text: 'a' }, { do: 'hang' }], {
      config: { timeouts: { idle_ms: 30 } },
    });
    expect(midway.error?.code).toBe('provider_timeout');
    expect(midway.text).toBe('a');
    expect(await upstream.requests[1]?.closed).toEqual({ wasWhole: false });
  });

  it('that is not there is named, with what to do', async () => {
    const gone = await startScriptedUpstream();
    await gone.close();
    const { error } = await run([], { config: { base_url: gone.baseUrl } });
    expect(error?.code).toBe('provider_unavailable');
    expect(error?.message).toMatch(/acme cannot be reached: nothing answers/);
  });
});

describe('its models', () => {
  const signal = new AbortController().signal;
  const list = (...data: unknown[]) => ({ do: 'status', status: 200, body: { data } }) as const;
  const ids = async (from: ReturnType<typeof provider>) =>
    (await from.listModels(signal)).map(({ id }) => id);

  it('are those that can hold a conversation', async () => {
    upstream.listModels(
      list(
        ...[
          'o3',
          'gpt-4o',
          'text-embedding-3-small',
          'gpt-4o-realtime',
          'whisper-1',
          'gpt-4.1-mini',
        ].map((id) => ({ id })),
      ),
    );
    expect(await ids(provider({ preset: 'openai' }))).toEqual(['gpt-4.1-mini', 'gpt-4o', 'o3']);
    expect(await ids(provider())).toEqual(['o3', 'gpt-4o', 'gpt-4o-realtime', 'gpt-4.1-mini']);
  });

  it('are described as far as the endpoint tells', async () => {
    upstream.listModels(
      list(
        {
          id: 'big',
          name: 'Big One',
          context_length: 9000,
          supported_parameters: ['max_tokens', 'seed'],
        },
        { id: '/models/tiny.Q4.gguf', meta: { n_ctx: 2048 } },
        { nonsense: true },
      ),
    );
    const [big, tiny, ...rest] = await provider({ preset: 'vllm' }).listModels(signal);
    expect(rest).toEqual([]);
    expect(big).toMatchObject({ name: 'Big One', contextTokens: 9000 });
    expect(big?.parameters.output_length).toMatchObject({ supported: true, max: 9000 });
    expect(big?.parameters.temperature.supported).toBe(false);
    expect(tiny).toMatchObject({ name: 'tiny.Q4', contextTokens: 2048 });
    expect(tiny?.parameters.temperature.supported).toBe(true);
  });

  it('are those the operator named, with corrections, without asking', async () => {
    const [model] = await provider({
      preset: 'typhoon',
      models: [
        {
          id: 'typhoon-x',
          name: 'Typhoon X',
          parameters: {
            temperature: { max: 1, default: 0.2 },
            repetition_penalty: { wire_name: 'rp' },
          },
        },
      ],
    }).listModels(signal);
    expect(upstream.modelRequests).toBe(0);
    expect(model?.name).toBe('Typhoon X');
    expect(model?.parameters.temperature).toMatchObject({
      max: 1,
      default: 0.2,
      sendDefault: true,
    });
    expect(model?.parameters.repetition_penalty.wireName).toBe('rp');
  });

  it('are remembered for a while and kept when the endpoint fails', async () => {
    let now = 0;
    const cached = createOpenAiCompatibleProvider(
      { name: 'acme', base_url: upstream.baseUrl },
      { clock: { now: () => now } },
    );
    expect(await ids(cached)).toEqual(['scripted']);
    expect(await ids(cached)).toEqual(['scripted']);
    expect(upstream.modelRequests).toBe(1);
    upstream.listModels({ do: 'status', status: 500 });
    now += 3_600_000;
    expect(await ids(cached)).toEqual(['scripted']);
    expect(upstream.modelRequests).toBe(2);
    upstream.listModels(list({ id: 'new' }));
    now += 3_600_000;
    expect(await ids(cached)).toEqual(['new']);
  });

  it('that cannot be listed fail with a code', async () => {
    upstream.listModels({ do: 'status', status: 401 });
    await expect(provider().listModels(signal)).rejects.toMatchObject({
      code: 'provider_unauthorized',
    });
    upstream.listModels({ do: 'status', status: 200, body: '<html>' });
    await expect(provider().listModels(signal)).rejects.toMatchObject({
      code: 'provider_invalid_response',
    });
  });
});
