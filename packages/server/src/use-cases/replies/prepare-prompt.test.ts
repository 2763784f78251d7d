import { describe, expect, it } from 'vitest';
import type { Message, PlacedMessage } from '../../domain/message.js';
import type { ModelProvider } from '../../ports/model-provider.js';
import { presetRules } from '../../adapters/openai-compatible/presets.js';
import { createGptTokenCounter } from '../../adapters/tokenizer/gpt-token-counter.js';
import { makeChat, makeMessage } from '../../test-support/storage-fixtures.js';
import { createPreparePrompt } from './prepare-prompt.js';

const siblings = { index: 0, count: 1, previousId: null, nextId: null };
const provider: ModelProvider = {
  name: 'p',
  makesTitles: true,
  listModels: async () => [],
  complete: async () => undefined,
};

/** Prepares a reply to the last of these texts, said in turns. */
async function prepare(
  texts: string[],
  { contextTokens, requested = {} }: { contextTokens?: number; requested?: object } = {},
) {
  const chat = makeChat('owner');
  const branch: PlacedMessage[] = [];
  for (const [depth, content] of texts.entries()) {
    const parentId = branch.at(-1)?.id ?? null;
    const role = depth % 2 === 0 ? 'user' : 'assistant';
    const place = { chatId: chat.id, ownerId: 'owner', parentId, depth, role, content } as const;
    branch.push({ ...makeMessage(place), siblings });
  }
  let read = 0;
  let counted = 0;
  const counter = createGptTokenCounter();
  const preparePrompt = createPreparePrompt({
    storage: {
      async listBranch(_owner, _chat, { leafId, limit }) {
        const end = branch.findIndex(({ id }) => id === leafId) + 1;
        const page = branch.slice(Math.max(0, end - limit), end);
        read += page.length;
        return page;
      },
    },
    tokenCounter: {
      count(text) {
        counted += 1;
        return counter.count(text);
      },
    },
  });
  const userMessage = branch.at(-1) as Message;
  const reply = { ...userMessage, role: 'assistant' as const, requestedParameters: requested };
  const model = { id: 'm', name: 'm', parameters: presetRules.vllm, contextTokens };
  const prepared = await preparePrompt({ chat, userMessage, reply, provider, model });
  return { ...prepared, texts: prepared.messages.map(({ content }) => content), read, counted };
}

const long = (word: string) => `${word} `.repeat(100).trim();

describe('a prompt', () => {
  it('is the system prompt and the whole branch where the context is not known', async () => {
    const texts = Array.from({ length: 251 }, (_, index) => `message ${index}`);
    const prepared = await prepare(texts, { requested: { system_prompt: 'Be kind.' } });
    expect(prepared.texts).toEqual(['Be kind.', ...texts]);
    expect(prepared.messages[0]?.role).toBe('system');
    expect(prepared.counted).toBe(0);
  });

  it('leaves the oldest out where they do not fit, and reads no further', async () => {
    const texts = Array.from({ length: 1_001 }, (_, index) => `${index} ${long('word')}`);
    const { texts: sent, messages, read } = await prepare(texts, { contextTokens: 4_000 });
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.length).toBeLessThan(40);
    expect(sent).toEqual(texts.slice(-sent.length));
    expect(messages[0]?.role).toBe('user');
    expect(read).toBeLessThanOrEqual(100);
  });

  it('does not count what fits anyway', async () => {
    const { counted } = await prepare(['a', 'b', long('c')], { contextTokens: 100_000 });
    expect(counted).toBe(0);
  });

  it('always holds the question, and keeps the reply to what remains', async () => {
    const { texts, negotiated } = await prepare(['old', 'older', long('word')], {
      contextTokens: 200,
      requested: { output_length: 5_000, system_prompt: 'Be kind.' },
    });
    expect(texts).toEqual(['Be kind.', long('word')]);
    const { output_length: length } = negotiated.applied;
    expect(length?.outcome).toBe('clamped');
    expect(Number(length?.value)).toBeGreaterThan(0);
    expect(Number(length?.value)).toBeLessThan(100);
    expect(negotiated.wire.max_tokens).toBe(length?.value);
  });

  it('lets a long reply have what a short prompt leaves', async () => {
    const { negotiated } = await prepare(['hi'], {
      contextTokens: 1_000,
      requested: { output_length: 900 },
    });
    expect(negotiated.wire.max_tokens).toBe(900);
  });

  it('keeps the turns when a reply came to nothing', async () => {
    const { messages } = await prepare(['one', '', 'two', 'three', 'four']);
    expect(messages).toEqual([
      { role: 'user', content: 'one\n\ntwo' },
      { role: 'assistant', content: 'three' },
      { role: 'user', content: 'four' },
    ]);
  });
});
