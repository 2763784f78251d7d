import { z } from 'zod';
import type { Clock } from '../../ports/clock.js';
import type { ProviderModel } from '../../ports/model-provider.js';
import { readBounded } from './bounded-body.js';
import { StreamFailure } from './stream-failure.js';
import { readErrorBody } from './error-body.js';
import { describeModel, type ListedModel } from './describe-model.js';
import { isChatModel, OPENAI_STARTERS } from './openai-models.js';
import { UNPRINTABLE, type ProviderConfig } from './provider-config.js';

/** Largest list that is read, in bytes; the largest known is a tenth of it. */
const MAX_LIST_BYTES = 8 * 1024 * 1024;
/** Age up to which a list is simply used, in milliseconds. */
const FRESH_MS = 30_000;
/** Age up to which it is used while the next one is fetched, so that nobody waits for it. */
const USABLE_MS = 600_000;
/** How long a provider that failed is not asked again, so that a dead one costs little. */
const FAILURE_MS = 15_000;

/** Most models that are offered: more than any service has, and a list that a page can still show. */
const MAX_MODELS = 4_000;
const MAX_ID_LENGTH = 250;
const MAX_NAME_LENGTH = 100;

const UNPRINTABLE_OR_SPACE = new RegExp(`(${UNPRINTABLE.source}|\\s)+`, 'gu');

const size = z.coerce.number().int().positive().nullish().catch(null);
const text = z.union([z.string(), z.number()]).nullish().catch(null);
const entrySchema = z.object({
  id: text,
  /** Ollama's own form, and others: an id or a name beside it. */
  model: text,
  name: text,
  display_name: text,
  /** Of those that list models of other kinds too. */
  type: z.string().nullish().catch(null),
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
/** Models that hold no conversation, by what their list calls them. */
const OTHER_TYPES = /embed|rerank|image|audio|video|moderation|speech|transcri|tts/i;
/** Under what lists stand, the usual first. */
const LIST_KEYS = ['data', 'models', 'result', 'items'] as const;
/** What an answer holds that is no list. */
const ERROR_KEYS = ['error', 'errors', 'detail', 'message', 'msg'] as const;

export interface ModelList {
  models: ListedModel[];
  /** How many more it has than are taken. */
  leftOut: number;
}

/** @throws StreamFailure when the answer is no list of models */
export async function readModelList(body: AsyncIterable<Uint8Array> | null): Promise<ModelList> {
  const answer = await readBounded(body, MAX_LIST_BYTES);
  if (answer === null) {
    throw malformed(
      `lists more models than can be read (${MAX_LIST_BYTES / 1024 / 1024} MB). Name those you need under "models" in its configuration`,
    );
  }
  const json = parseJson(answer);
  const entries = entriesIn(json);
  if (!entries) {
    const reason = readErrorBody(json ?? answer);
    if (reason.form === 'json' && reason.reason !== '') {
      throw new StreamFailure({ kind: 'reported', ...reason });
    }
    throw malformed(
      'did not answer with a list of models. Correct its base_url, or name its models under "models" in its configuration',
    );
  }
  const models = new Map<string, ListedModel>();
  for (const entry of entries) {
    const model = toListedModel(entry);
    if (model && !models.has(model.id)) models.set(model.id, model);
  }
  const all = [...models.values()];
  return { models: all.slice(0, MAX_MODELS), leftOut: Math.max(0, all.length - MAX_MODELS) };
}

function malformed(what: string): StreamFailure {
  return new StreamFailure({ kind: 'malformed', what });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** The models of an answer in any of the forms in use: a list, a list under a name, an object by id. */
function entriesIn(json: unknown): unknown[] | undefined {
  if (Array.isArray(json)) return json as unknown[];
  if (!isObject(json)) return undefined;
  let isEmpty = false;
  for (const key of LIST_KEYS) {
    if (!(key in json)) continue;
    const value = json[key];
    const entries = Array.isArray(value)
      ? (value as unknown[])
      : value === null
        ? []
        : listUnder(value);
    if (entries && entries.length > 0) return entries;
    isEmpty ||= entries !== undefined;
  }
  if (isEmpty) return [];
  return ERROR_KEYS.some((key) => key in json) ? undefined : byId(json);
}

/** One wrapper more, or models by their ids. */
function listUnder(value: unknown): unknown[] | undefined {
  if (!isObject(value)) return undefined;
  const nested = LIST_KEYS.map((key) => value[key]).find((one) => Array.isArray(one));
  return nested ? (nested as unknown[]) : byId(value);
}

function byId(object: Record<string, unknown>): unknown[] | undefined {
  const entries = Object.entries(object);
  if (entries.length === 0 || !entries.every(([, value]) => isObject(value))) return undefined;
  return entries.map(([id, value]) => ({ id, ...(value as object) }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toListedModel(listed: unknown): ListedModel | undefined {
  const parsed = entrySchema.safeParse(typeof listed === 'string' ? { id: listed } : listed);
  if (!parsed.success) return undefined;
  const entry = parsed.data;
  const id = String(entry.id ?? entry.model ?? entry.name ?? '');
  // It is printed, and a model can be asked for by the very same id only.
  if (id === '' || id.length > MAX_ID_LENGTH || UNPRINTABLE.test(id)) return undefined;
  if (entry.type && OTHER_TYPES.test(entry.type)) return undefined;
  const name = nameOf(entry);
  const contextTokens =
    entry.context_length ?? entry.context_window ?? entry.max_model_len ?? entry.meta?.n_ctx;
  const maxOutputTokens = entry.top_provider?.max_completion_tokens;
  return {
    id,
    ...(name === '' || name === id ? {} : { name }),
    ...(contextTokens ? { contextTokens } : {}),
    ...(maxOutputTokens ? { maxOutputTokens } : {}),
    ...(entry.supported_parameters ? { supportedParameters: entry.supported_parameters } : {}),
  };
}

/** What people see of it, on one line. */
function nameOf({ name, display_name: displayName }: z.infer<typeof entrySchema>): string {
  const text = String(displayName ?? name ?? '')
    .replace(UNPRINTABLE_OR_SPACE, ' ')
    .trim();
  return text.length > MAX_NAME_LENGTH ? '' : text;
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
