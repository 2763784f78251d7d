import { modelSchema } from '@chat-playground/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/domain-error.js';
import type { ParameterRules } from '../../domain/parameter-rule.js';
import type { ModelProvider } from '../../ports/model-provider.js';
import { createModelCatalog } from './model-catalog.js';

const supported = { supported: true };
const parameters: ParameterRules = {
  output_length: { supported: true, min: 1, max: 9, step: 1, wireName: 'max_tokens' },
  temperature: { supported: true, min: 0, max: 2, step: 0.1, default: 0.5, sendDefault: true },
  top_p: supported,
  repetition_penalty: { supported: false },
  frequency_penalty: supported,
  presence_penalty: supported,
  seed: supported,
  system_prompt: supported,
  stop: { supported: true, maxItems: 4 },
};

function provider(name: string, ids: string[] | DomainError): ModelProvider {
  return {
    name,
    makesTitles: true,
    async listModels() {
      if (ids instanceof DomainError) throw ids;
      return ids.map((id) => ({ id, name: id, parameters }));
    },
    complete: async () => undefined,
  };
}

const down = new DomainError('provider_unavailable', 'down');
const logger = { info: () => {}, warn: () => {}, error: () => {} };
const catalogOf = (providers: ModelProvider[], defaultModelId?: string) =>
  createModelCatalog({ providers, logger, defaultModelId });

describe('the model catalog', () => {
  it('lists the models of all that answer, as the protocol has them', async () => {
    const models = await catalogOf([
      provider('a', ['x', 'y']),
      provider('down', down),
      provider('b', ['org/x']),
    ]).list();
    expect(models.map(({ id }) => id)).toEqual(['a/x', 'a/y', 'b/org/x']);
    expect(models.map(({ is_default }) => is_default)).toEqual([true, false, false]);
    for (const model of models) expect(modelSchema.strict().parse(model)).toEqual(model);
    expect(models[0]?.parameters).toMatchObject({
      output_length: { supported: true, min: 1, max: 9, step: 1, default: null },
      repetition_penalty: { supported: false },
    });
    expect(JSON.stringify(models)).not.toMatch(/wireName|maxItems|sendDefault/);
  });

  it('finds a model by its id, by its own id where only one has it, and the default', async () => {
    const catalog = catalogOf(
      [provider('a', ['x', 'y']), provider('b', ['x', 'org/z'])],
      'b/org/z',
    );
    expect((await catalog.resolve('b/x')).id).toBe('b/x');
    expect((await catalog.resolve('y')).id).toBe('a/y');
    expect((await catalog.resolve('org/z')).id).toBe('b/org/z');
    expect((await catalog.resolve()).id).toBe('b/org/z');
    expect((await catalog.list()).find(({ is_default }) => is_default)?.id).toBe('b/org/z');
  });

  it.each(['none', 'a/none', 'x', ''])('does not guess: %j', async (id) => {
    const catalog = catalogOf([provider('a', ['x']), provider('b', ['x'])]);
    await expect(catalog.resolve(id)).rejects.toMatchObject({ code: 'model_not_found' });
  });

  it('reaches past a provider that is down, and says so when it is the one that was meant', async () => {
    const catalog = catalogOf([provider('down', down), provider('b', ['x'])]);
    expect((await catalog.resolve()).id).toBe('b/x');
    expect((await catalog.resolve('x')).id).toBe('b/x');
    await expect(catalog.resolve('down/x')).rejects.toBe(down);
    await expect(catalogOf([provider('down', down)]).resolve()).rejects.toMatchObject({
      code: 'model_not_found',
    });
  });
});
