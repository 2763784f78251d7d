import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startScriptedUpstream,
  type ScriptedUpstream,
} from '../../test-support/scripted-upstream.js';
import { createOpenAiCompatibleProvider } from './openai-compatible-provider.js';

const signal = new AbortController().signal;
let upstream: ScriptedUpstream;
let notices: string[];
beforeEach(async () => {
  upstream = await startScriptedUpstream();
  notices = [];
});
afterEach(() => upstream.close());

function list(body: unknown, status = 200, headers: Record<string, string> = {}) {
  upstream.listModels({ do: 'status', status, body, headers });
  const deps = { notify: (message: string) => void notices.push(message) };
  const provider = createOpenAiCompatibleProvider(
    { name: 'acme', base_url: upstream.baseUrl },
    deps,
  );
  return provider.listModels(signal);
}

describe('a list of models', () => {
  const a = { id: 'a' };
  it.each<[string, unknown]>([
    ['as documented', { object: 'list', data: [a] }],
    ['without the wrapper', [a]],
    ['of texts', ['a']],
    ['of texts in the wrapper', { data: ['a'] }],
    ['under "models"', { models: [a] }],
    ["in Ollama's form", { models: [{ name: 'a', model: 'a' }] }],
    ['with names alone', { models: [{ name: 'a' }] }],
    ['in both forms', { models: [{ name: 'b' }], data: [{ ...a, meta: null }] }],
    ['with an empty one beside it', { data: null, models: [a] }],
    ['by id', { data: { a: { context_length: 5 } } }],
    ['by id without the wrapper', { a: { context_length: 5 } }],
    ['in two wrappers', { data: { models: [a] } }],
    ['with a mark in front', '\uFEFF{"data":[{"id":"a"}]}'],
    ['with the same twice', { data: [a, a, { id: 'a', name: 'again' }] }],
    ['with others beside it', { data: [{ nonsense: true }, null, 7, a, { id: '' }, { id: {} }] }],
    [
      'with models of other kinds',
      { data: [a, { id: 'b', type: 'embedding' }, { id: 'c', type: 'image' }] },
    ],
  ])('is read %s', async (_, body) => {
    expect((await list(body)).map(({ id }) => id)).toEqual(['a']);
  });

  it('may be empty', async () => {
    for (const body of [[], { data: [] }, { data: null }, { models: [] }]) {
      expect(await list(body)).toEqual([]);
    }
  });

  it('keeps ids with any letters, and takes numbers for them', async () => {
    const ids = ['a/b:free', 'models/x', 'hf.co/x/y:Q4', 'ünï/ço dé', 'x?y=1&z#f%2F', 'ไทย', '👩‍🚀'];
    const data = [...ids.map((id) => ({ id })), { id: 5 }];
    expect((await list({ data })).map(({ id }) => id)).toEqual([...ids, '5']);
  });

  it('holds nothing that moves a cursor or turns the writing round', async () => {
    const bad = ['a\u0000b', '\u001b[2J', 'a\nb', 'a\u2028b', '\u202Eevil', '\uD800', 'a\u0085b'];
    const named = { id: 'fine', name: 'A\u001b[31m name\u202E here\n' };
    const models = await list({ data: [...bad.map((id) => ({ id })), named] });
    expect(models.map(({ id, name }) => [id, name])).toEqual([['fine', 'A [31m name here']]);
  });

  it('of 3,000 is whole, and a longer one is cut, which is said', async () => {
    const many = (count: number) => ({
      data: Array.from({ length: count }, (_, index) => ({ id: `m${index}` })),
    });
    expect(await list(many(3_000))).toHaveLength(3_000);
    expect(notices).toEqual([]);
    expect(await list(many(20_000))).toHaveLength(4_000);
    expect(notices).toEqual([expect.stringMatching(/acme lists 20000 models.*4000.*"models"/)]);
  });

  it('that is too large to read is refused with what to do', async () => {
    const data = [{ id: 'a', description: 'x'.repeat(9 * 1024 * 1024) }];
    await expect(list({ data })).rejects.toThrow(/more models than can be read.*"models"/);
  });

  it.each<[string, unknown, number, RegExp]>([
    ['a page', '<html><title>Sign in</title></html>', 200, /no list|list of models.*base_url/],
    ['nothing', '', 404, /base_url.*name them under "models"/],
    ['a page that is not there', '<html>404</html>', 404, /base_url/],
    [
      'a reason',
      { error: { message: 'the key is for something else' } },
      200,
      /the key is for something else/,
    ],
    ['a refusal', { error: { message: 'who are you' } }, 401, /API key.*who are you/],
    ['a number', '7', 200, /base_url/],
  ])('that is %s fails with what to do', async (_, body, status, words) => {
    await expect(list(body, status)).rejects.toThrow(words);
  });
});

it('is not needed where the configuration names the models', async () => {
  upstream.listModels({ do: 'status', status: 404 });
  const models = [{ id: 'mine' }];
  const provider = createOpenAiCompatibleProvider({
    name: 'acme',
    base_url: upstream.baseUrl,
    models,
  });
  expect((await provider.listModels(signal)).map(({ id }) => id)).toEqual(['mine']);
});
