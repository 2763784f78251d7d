import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adjustApplied } from '../../domain/negotiate-parameters.js';
import type { CompletionEvent, CompletionRequest } from '../../ports/model-provider.js';
import {
  startScriptedUpstream,
  wholeReply,
  type ScriptedUpstream,
  type Step,
  type UpstreamBody,
} from '../../test-support/scripted-upstream.js';
import { createOpenAiCompatibleProvider } from './openai-compatible-provider.js';

const PARAMETERS = {
  max_tokens: 50,
  temperature: 0.5,
  top_p: 0.9,
  frequency_penalty: 0.1,
  presence_penalty: 0.1,
  seed: 5,
  stop: ['END'],
};
const request: CompletionRequest = {
  model: 'scripted',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hi.' },
    { role: 'user', content: 'And?' },
  ],
  parameters: PARAMETERS,
};
const signal = new AbortController().signal;

let upstream: ScriptedUpstream;
beforeEach(async () => {
  upstream = await startScriptedUpstream();
});
afterEach(() => upstream.close());

type Refusal = (body: UpstreamBody) => Omit<Extract<Step, { do: 'status' }>, 'do'> | undefined;

/** Answers once nothing is refused any more. */
function refuse(...refusals: Refusal[]) {
  upstream.answerWith((body) => {
    const refusal = refusals.map((one) => one(body)).find((one) => one !== undefined);
    return refusal ? [{ do: 'status', ...refusal }] : wholeReply('fine');
  });
  return createOpenAiCompatibleProvider({ name: 'acme', base_url: upstream.baseUrl });
}

const error = (message: string, more = {}) => ({ error: { message, ...more } });
const field =
  (name: string, body: unknown, status = 400): Refusal =>
  (asked) =>
    name in asked ? { status, body } : undefined;

async function complete(
  provider = createOpenAiCompatibleProvider({ name: 'acme', base_url: upstream.baseUrl }),
  asked = request,
) {
  const events: CompletionEvent[] = [];
  await provider.complete(asked, (batch) => void events.push(...batch), signal);
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const [first] = events;
  return { text, adjustments: first?.type === 'adjusted' ? first.adjustments : [] };
}

describe('a field that a server refuses', () => {
  it.each<[string, string, unknown, number?]>([
    [
      'stream_options',
      'as FastAPI says it',
      {
        detail: [
          { type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'nobody knows it' },
        ],
      },
      422,
    ],
    [
      'stream_options',
      'deeper in it',
      {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'stream_options', 'include_usage'],
            msg: 'nobody knows it',
          },
        ],
      },
      422,
    ],
    [
      'temperature',
      'for its value',
      error('only the default is supported', { param: 'temperature', code: 'unsupported_value' }),
    ],
    ['temperature', 'in words', error('invalid temperature: only 1 is allowed for this model')],
    ['temperature', 'in other words', { error: "'temperature' must be 1 with this model" }],
    ['top_p', 'by a property', error('property `top_p` is unsupported')],
    ['top_p', 'in another spelling', error('Unknown field: topP')],
    ['top_p', 'beside the one it excludes', error('temperature and top_p cannot both be set')],
    ['seed', 'as an argument', error('Unrecognized request argument supplied: seed')],
    ['seed', 'as a keyword', { message: "create() got an unexpected keyword argument 'seed'" }],
    ['seed', 'in plain text', 'json: unknown field "seed"'],
    [
      'seed',
      'in a list within a message',
      { message: { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'x' }] } },
      422,
    ],
    ['seed', 'in a list around it', [error('the field seed is unknown')]],
    [
      'stop',
      'by its code',
      error('not with this model', { param: 'stop', code: 'unsupported_parameter' }),
    ],
  ])('is left out the next time: %s, refused %s', async (name, _, body, status) => {
    const provider = refuse(field(name, body, status));
    const { text, adjustments } = await complete(provider);
    expect(text).toBe('fine');
    expect(adjustments).toEqual([{ of: 'field', field: name, becomes: null }]);
    expect(upstream.requests).toHaveLength(2);
    const { [name]: left, ...others } = upstream.requests[0]?.body ?? { model: '', messages: [] };
    expect(left).toBeDefined();
    expect(upstream.requests[1]?.body).toEqual(others);
  });

  it.each([
    ['max_tokens', 'max_completion_tokens', "max_tokens is not taken, 'max_completion_tokens' is"],
    [
      'max_completion_tokens',
      'max_tokens',
      'Unrecognized request argument supplied: max_completion_tokens',
    ],
  ])('is sent under its other name: %s as %s', async (before, after, message) => {
    const provider = refuse(
      field(before, error(message, { param: before, code: 'unsupported_parameter' })),
    );
    const { text, adjustments } = await complete(provider, {
      ...request,
      parameters: { [before]: 7 },
    });
    expect(text).toBe('fine');
    expect(adjustments).toEqual([{ of: 'field', field: before, becomes: after }]);
    expect(upstream.requests[1]?.body[after]).toBe(7);
  });

  it('is left out when its other name is refused as well', async () => {
    const provider = refuse(
      ...['max_tokens', 'max_completion_tokens'].map((name) =>
        field(name, error(`unknown field ${name}`)),
      ),
    );
    const { adjustments } = await complete(provider);
    expect(upstream.requests).toHaveLength(3);
    expect(upstream.requests[2]?.body).not.toHaveProperty('max_tokens');
    const applied = {
      output_length: { outcome: 'renamed', requested: 50, value: 50, wire_name: 'max_tokens' },
    } as const;
    expect(adjustApplied(applied, adjustments).output_length).toEqual({
      outcome: 'dropped',
      requested: 50,
      value: null,
      wire_name: null,
    });
  });

  it('is left out along with others, at most a few times', async () => {
    const names = ['stream_options', 'seed', 'top_p', 'stop'];
    const { text } = await complete(
      refuse(...names.map((name) => field(name, error(`unknown field ${name}`)))),
    );
    expect(text).toBe('fine');
    expect(upstream.requests).toHaveLength(5);
    const all = ['stream_options', ...Object.keys(PARAMETERS)];
    const provider = refuse(...all.map((name) => field(name, error(`unknown field ${name}`))));
    await expect(complete(provider)).rejects.toMatchObject({ code: 'provider_rejected' });
    expect(upstream.requests).toHaveLength(10);
  });

  it('is left out at once with all that are listed', async () => {
    const detail = ['seed', 'top_p', 'stop'].map((name) => ({
      type: 'extra_forbidden',
      loc: ['body', name],
      msg: 'x',
    }));
    await complete(refuse(field('seed', { detail }, 422)));
    expect(upstream.requests).toHaveLength(2);
    expect(upstream.requests[1]?.body).not.toHaveProperty('stop');
  });

  it('is remembered for its model, and shows in what the model takes', async () => {
    const provider = refuse(field('seed', error('unknown field seed')));
    await complete(provider);
    const again = await complete(provider);
    expect(upstream.requests).toHaveLength(3);
    expect(again.adjustments).toEqual([{ of: 'field', field: 'seed', becomes: null }]);
    await complete(provider, { ...request, model: 'another' });
    expect(upstream.requests).toHaveLength(5);
    const [model] = await provider.listModels(signal);
    expect(model?.parameters.seed.supported).toBe(false);
    expect(model?.parameters.top_p.supported).toBe(true);
  });

  it('is not remembered when leaving it out did not help', async () => {
    const provider = refuse(field('seed', error('unknown field seed')), () => ({ status: 500 }));
    await expect(complete(provider)).rejects.toMatchObject({ code: 'provider_unavailable' });
    const [model] = await provider.listModels(signal);
    expect(model?.parameters.seed.supported).toBe(true);
  });
});

describe('a system prompt that a server has no role for', () => {
  it.each<[string, unknown]>([
    ['in words', { object: 'error', message: 'System role not supported' }],
    ['by the template', { message: 'this template knows no system role', code: 400 }],
    ['by turns', error('Conversation roles must alternate user/assistant/user/assistant')],
    [
      'by its place',
      error("'messages[0].role' does not support 'system' with this model", {
        param: 'messages[0].role',
        code: 'unsupported_value',
      }),
    ],
    ['under another name', [error('Developer instruction is not enabled for models/small')]],
    ['by listing roles', error('only user and assistant roles are supported')],
  ])('goes into the first message, and the record says so: refused %s', async (_, body) => {
    const provider = refuse(({ messages }) =>
      messages.some(({ role }) => role === 'system') ? { status: 400, body } : undefined,
    );
    const { text, adjustments } = await complete(provider);
    expect(text).toBe('fine');
    expect(upstream.requests[1]?.body.messages).toEqual([
      { role: 'user', content: 'Be brief.\n\nHello' },
      { role: 'assistant', content: 'Hi.' },
      { role: 'user', content: 'And?' },
    ]);
    expect(upstream.requests[1]?.body).toMatchObject(PARAMETERS);
    const outcome = {
      outcome: 'applied',
      requested: 'Be brief.',
      value: 'Be brief.',
      wire_name: 'system_prompt',
    } as const;
    expect(adjustApplied({ system_prompt: outcome }, adjustments).system_prompt).toEqual({
      ...outcome,
      moved_to: 'first_user_message',
    });
  });
});

describe('what is asked once and no more', () => {
  it.each<[string, number, unknown]>([
    ['a value out of range', 400, error('temperature is 0.5, which is above the maximum of 0.3')],
    ['a field that was not sent', 400, error('the field logit_bias is unknown')],
    ['a field it cannot do without', 400, error('model is not supported', { param: 'model' })],
    ['too long a prompt', 400, error('max_tokens is not allowed: maximum context length is 10')],
    ['a filter', 400, error('seed: unsupported', { code: 'content_filter' })],
    ['another status', 500, error('unknown field seed')],
    ['a limit', 429, error('unknown field seed')],
    ['a key', 401, error('unknown field seed')],
    ['nothing that is told', 400, ''],
  ])('is %s', async (_, status, body) => {
    const provider = refuse(() => ({ status, body }));
    await expect(complete(provider)).rejects.toThrow(/acme/);
    expect(upstream.requests).toHaveLength(1);
  });

  it('is a reply that has begun', async () => {
    upstream.answerWith([
      { do: 'text', text: 'so far' },
      { do: 'error', error: { message: 'unknown field seed', code: 400 } },
    ]);
    await expect(complete()).rejects.toMatchObject({ code: 'provider_rejected' });
    expect(upstream.requests).toHaveLength(1);
  });
});

it('is told in a stream before its first word as well', async () => {
  upstream.answerWith((body) =>
    'seed' in body
      ? [{ do: 'error', error: { message: 'unknown field seed', code: 400 } }]
      : wholeReply('fine'),
  );
  expect((await complete()).text).toBe('fine');
  expect(upstream.requests).toHaveLength(2);
});
