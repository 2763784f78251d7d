import { z } from 'zod';
import type { Clock } from '../../ports/clock.js';
import type { ProviderModel } from '../../ports/model-provider.js';
import { readBounded } from './bounded-body.js';
import { StreamFailure } from './completion-events.js';
import { describeModel, type ListedModel } from './describe-model.js';
import { isChatModel, OPENAI_STARTERS } from './openai-models.js';
import type { ProviderConfig } from './provider-config.js';

/** Largest list that is read, in bytes; the largest known is a tenth of it. */
const MAX_LIST_BYTES = 8 * 1024 * 1024;
/** Age up to which a list is simply used, in milliseconds. */
const FRESH_MS = 30_000;
/** Age up to which it is used while the next one is fetched, so that nobody waits for it. */
const USABLE_MS = 600_000;
/** How long a provider that failed is not asked again, so that a dead one costs little. */
const FAILURE_MS = 15_000;

const size = z.number().int().positive().nullish().catch(null);
const entrySchema = z.object({
  id: z.string().min(1).max(250),
  name: z.string().min(1).max(100).optional().catch(undefined),
  /** vLLM. */
  max_model_len: size,
  /** OpenRouter, and others after it. */
  context_length: size,
  /** Groq. */
  context_window: size,
  top_provider: z.object({ max_completion_tokens: size }).nullish().catch(null),
  supported_parameters: z.array(z.string()).optional().catch(undefined),
  /** llama.cpp. */
  meta: z.object({ n_ctx: size }).nullish().catch(null),
});
const listSchema = z.object({ data: z.array(z.unknown()) });

/** @throws StreamFailure when the answer is no list of models */
export async function readModelList(response: Response): Promise<ListedModel[]> {
  const text = await readBounded(response.body, MAX_LIST_BYTES);
  const list = listSchema.safeParse(parseJson(text));
  if (!list.success) {
    throw new StreamFailure({ kind: 'malformed', what: 'did not answer with a list of models' });
  }
  return list.data.data.flatMap((one) => {
    const entry = entrySchema.safeParse(one);
    return entry.success ? [toListedModel(entry.data)] : [];
  });
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

function toListedModel(entry: z.infer<typeof entrySchema>): ListedModel {
  const contextTokens =
    entry.context_length ?? entry.context_window ?? entry.max_model_len ?? entry.meta?.n_ctx;
  const maxOutputTokens = entry.top_provider?.max_completion_tokens;
  return {
    id: entry.id,
    ...(entry.name === undefined ? {} : { name: entry.name }),
    ...(contextTokens ? { contextTokens } : {}),
    ...(maxOutputTokens ? { maxOutputTokens } : {}),
    ...(entry.supported_parameters ? { supportedParameters: entry.supported_parameters } : {}),
  };
}

/** The models of a list that can hold a conversation, as the server offers them. */
export function offeredModels(config: ProviderConfig, listed: ListedModel[]): ProviderModel[] {
  const isOpenAi = config.preset === 'openai';
  const models = listed
    .filter(({ id }) => isChatModel(id, isOpenAi))
    .map((model) => describeModel(config, model));
  return isOpenAi ? preferredFirst(models) : models;
}

/** OpenAI lists in no order, and the first model is the one people start with: a quick, cheap one. */
function preferredFirst(models: ProviderModel[]): ProviderModel[] {
  const preferred = OPENAI_STARTERS.map((id) => models.find((model) => model.id === id));
  const starter = preferred.find((model) => model !== undefined);
  const sorted = models.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return starter ? [starter, ...sorted.filter((model) => model !== starter)] : sorted;
}

/** The models an operator named; the endpoint is not asked. */
export function configuredModels(config: ProviderConfig): ProviderModel[] | null {
  return config.models?.map((model) => describeModel(config, { id: model.id }, model)) ?? null;
}

/** Keeps a list for a while, and an old one rather than none when the provider fails. */
export function createListCache(
  load: () => Promise<ProviderModel[]>,
  clock: Clock,
): () => Promise<ProviderModel[]> {
  let known: { models: ProviderModel[]; at: number } | null = null;
  let failed: { error: unknown; at: number } | null = null;
  let loading: Promise<ProviderModel[]> | null = null;

  async function reload(): Promise<ProviderModel[]> {
    try {
      const models = await load();
      known = { models, at: clock.now() };
      failed = null;
      return models;
    } catch (error) {
      failed = { error, at: clock.now() };
      if (known) return known.models;
      throw error;
    } finally {
      loading = null;
    }
  }

  return async () => {
    const now = clock.now();
    const age = known ? now - known.at : Infinity;
    if (known && age < FRESH_MS) return known.models;
    if (failed && now - failed.at < FAILURE_MS) {
      if (known) return known.models;
      throw failed.error;
    }
    loading ??= reload();
    return known && age < USABLE_MS ? known.models : loading;
  };
}
