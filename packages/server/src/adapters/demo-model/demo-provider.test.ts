import { describe, expect, it } from 'vitest';
import type { CompletionEvent, CompletionRequest } from '../../ports/model-provider.js';
import { createGptTokenCounter } from '../tokenizer/gpt-token-counter.js';
import { createDemoProvider } from './demo-provider.js';

const tokenizer = createGptTokenCounter();
const provider = createDemoProvider({ tokenizer, tokensPerSecond: 0 });

const ask = (content: string, parameters: CompletionRequest['parameters'] = {}) => ({
  model: 'demo',
  messages: [{ role: 'user' as const, content }],
  parameters,
});

async function collect(request: CompletionRequest, signal = new AbortController().signal) {
  const events: CompletionEvent[] = [];
  await provider.complete(request, (batch) => void events.push(...batch), signal);
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { events, text };
}

describe('createDemoProvider', () => {
  it('says what it is and how to connect a model', async () => {
    const { text } = await collect(ask('Hello'));
    expect(text).toMatch(/demo/i);
    expect(text).toMatch(/not a language model|no language model|no intelligence/i);
    for (const way of ['OPENAI_API_KEY', 'TYPHOON_API_KEY', 'Ollama']) expect(text).toContain(way);
    const [model] = await provider.listModels(new AbortController().signal);
    expect(model?.name).toContain('not a language model');
  });

  it.each([
    ['show me a table', /\| --- |\| :--- /],
    ['write some code', /```ts\n[\s\S]+```/],
    ['something long', /## 8\./],
    ['your parameters?', /temperature/],
  ])('shows what was asked for: %s', async (question, shown) => {
    expect((await collect(ask(question, { output_length: 4000 }))).text).toMatch(shown);
  });

  it.each([1, 5, 40])('writes no more than %d real tokens', async (limit) => {
    const { events, text } = await collect(ask('Hello', { output_length: limit }));
    expect(await tokenizer.count(text)).toBeLessThanOrEqual(limit);
    expect(events).toContainEqual({ type: 'finish', reason: 'length' });
    const usage = events.find((event) => event.type === 'usage');
    expect(usage?.completionTokens).toBe(limit);
  });

  it('repeats itself for the same seed and varies over seeds', async () => {
    const answers = await Promise.all(
      [1, 1, 2, 3, 4, 5, 6, 7].map(async (seed) => (await collect(ask('Hello', { seed }))).text),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(new Set(answers).size).toBeGreaterThan(1);
  });

  it('leaves nothing to chance at temperature 0', async () => {
    const one = await collect(ask('Hello', { temperature: 0, seed: 1 }));
    const two = await collect(ask('Hello', { temperature: 0, seed: 2 }));
    expect(one.text).toBe(two.text);
  });

  it.each([
    [0.01, 1],
    [0.5, 2],
    [1, 3],
  ])('picks at top_p %d among %d ways to begin', async (top_p, ways) => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const beginnings = seeds.map(
      async (seed) => (await collect(ask('Hello', { seed, top_p }))).text.split('\n')[0],
    );
    expect(new Set(await Promise.all(beginnings)).size).toBe(ways);
  });

  it('ends before a stop sequence', async () => {
    const { text, events } = await collect(ask('table', { stop: ['Venus'] }));
    expect(text).toContain('Mercury');
    expect(text).not.toContain('Venus');
    expect(events).toContainEqual({ type: 'finish', reason: 'stop' });
  });

  it('mentions a system prompt and the parameters it got', async () => {
    const request = ask('parameters', { temperature: 0.3 });
    const { text } = await collect({
      ...request,
      messages: [{ role: 'system', content: 'Be kind.' }, ...request.messages],
    });
    expect(text).toContain('| `temperature` | `0.3` |');
    expect(text).toContain('| `system_prompt` | present |');
  });

  it('stops at once when aborted', async () => {
    const slow = createDemoProvider({ tokenizer, tokensPerSecond: 1 });
    const controller = new AbortController();
    const nobody = () => undefined;
    const reading = slow.complete(ask('Hello'), nobody, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow();
  });
});
