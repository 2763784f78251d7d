import type { Clock } from '../../ports/clock.js';
import type {
  CompletionEvent,
  CompletionRequest,
  ModelProvider,
  ProviderModel,
} from '../../ports/model-provider.js';
import type { Take } from '../../ports/source.js';
import type { Adjustment } from '../../domain/negotiate-parameters.js';
import { DomainError, isDomainError } from '../../domain/domain-error.js';
import { secretsOf } from './clean-reason.js';
import { readCompletion } from './completion-events.js';
import { configuredModels, createListCache, offeredModels, readModelList } from './model-list.js';
import {
  completionBody,
  createOpenAiClient,
  failureOf,
  type OpenAiClient,
  type RequestBody,
} from './openai-client.js';
import { presetPrefills } from './presets.js';
import {
  providerConfigSchema,
  type ProviderConfig,
  type ProviderConfigInput,
} from './provider-config.js';
import { addressHintFor, providerError } from './provider-errors.js';
import { proxyFor, type ProxySettings } from './proxy-rules.js';
import { adjustBody, adjustmentsAfter, createRefusals, type Refusals } from './refusals.js';
import { createSendRequest } from './send-request.js';
import { StreamFailure } from './stream-failure.js';
import { createWatchdog, type Watchdog } from './watchdog.js';

/** How long an endpoint may be silent, in milliseconds, where nobody says. */
const DEFAULT_TIMEOUT_MS = 60_000;
/** The same of a list of models. */
const DEFAULT_LIST_TIMEOUT_MS = 10_000;
/** How often one request is asked again without what was refused, each time of another field. */
const MAX_ROUNDS = 4;

/** Some have everything but a list. */
const LIST_HINT = '. If it lists no models, name them under "models" there';

/** What the operator sets for all providers that do not say otherwise themselves. */
export interface ProviderDefaults {
  firstByteMs?: number | undefined;
  idleMs?: number | undefined;
  proxies?: ProxySettings | undefined;
}

interface ProviderDeps extends ProviderDefaults {
  /** The system's by default. */
  clock?: Clock;
  /** Is told what an operator should know and nobody else has to, as a sentence. */
  notify?: (message: string) => void;
}

interface Endpoint {
  config: ProviderConfig;
  client: OpenAiClient;
  refusals: Refusals;
  firstByteMs: number;
  idleMs: number;
}

/**
 * Any endpoint that speaks OpenAI's chat completions.
 *
 * @throws ZodError when the configuration is not valid
 */
export function createOpenAiCompatibleProvider(
  input: ProviderConfigInput,
  deps: ProviderDeps = {},
): ModelProvider {
  const config = providerConfigSchema.parse(input);
  const { timeouts } = config;
  const proxy =
    config.proxy === undefined
      ? proxyFor(config.base_url, deps.proxies ?? {})
      : config.proxy || undefined;
  const endpoint: Endpoint = {
    config,
    client: createOpenAiClient(config, createSendRequest(proxy)),
    refusals: createRefusals(),
    firstByteMs: timeouts.first_byte_ms ?? deps.firstByteMs ?? DEFAULT_TIMEOUT_MS,
    idleMs: timeouts.idle_ms ?? deps.idleMs ?? DEFAULT_TIMEOUT_MS,
  };
  const configured = configuredModels(config);
  const load = () => loadModels(endpoint, deps.notify ?? (() => undefined));
  const cached = createListCache(load, deps.clock ?? { now: () => Date.now() });
  return {
    name: config.name,
    makesTitles: true,
    prefill: presetPrefills[config.preset],
    async listModels(signal) {
      const models = configured ?? (await unlessAborted(cached(), signal, config));
      return endpoint.refusals.isEmpty() ? models : models.map(endpoint.refusals.applyTo);
    },
    complete: (request, take, signal) => complete(endpoint, request, take, signal),
  };
}

/** Asks, and asks again without what a model refuses for as long as it has not begun to answer. */
async function complete(
  endpoint: Endpoint,
  request: CompletionRequest,
  take: Take<CompletionEvent>,
  signal: AbortSignal,
): Promise<void> {
  const asked = completionBody(request, endpoint.config.include_usage);
  const adjustments = [...endpoint.refusals.of(request.model)];
  for (let round = 0; ; round += 1) {
    signal.throwIfAborted();
    const { body, made } = adjustBody(asked, adjustments);
    let hasBegun = false;
    const handleBegin = () => {
      hasBegun = true;
      if (round > 0) endpoint.refusals.remember(request.model, adjustments);
    };
    try {
      await ask(endpoint, body, tellFirst(made, take, handleBegin), signal);
      return;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const mayAskAgain = round < MAX_ROUNDS && !hasBegun;
      const next = mayAskAgain ? adjustmentsAfter(error.failure, body, adjustments) : [];
      if (next.length === 0) throw error.explained;
      adjustments.push(...next);
    }
  }
}

/** The provider's own word that it failed, and what the reader would be told of it. */
class Refused extends Error {
  constructor(
    readonly failure: StreamFailure['failure'],
    readonly explained: DomainError,
  ) {
    super(explained.message);
  }
}

/** Says before anything else in which way the request was changed. */
function tellFirst(
  adjustments: readonly Adjustment[],
  take: Take<CompletionEvent>,
  handleBegin: () => void,
): Take<CompletionEvent> {
  let hasBegun = false;
  return (batch) => {
    if (hasBegun) return take(batch);
    hasBegun = true;
    handleBegin();
    return take(adjustments.length > 0 ? [{ type: 'adjusted', adjustments }, ...batch] : batch);
  };
}

async function ask(
  { config, client, firstByteMs, idleMs }: Endpoint,
  body: RequestBody,
  take: Take<CompletionEvent>,
  signal: AbortSignal,
): Promise<void> {
  const watchdog = createWatchdog(signal, { firstByteMs, idleMs });
  const giveUp = (error: unknown): never => {
    signal.throwIfAborted();
    const explained = explain(config, error, watchdog);
    throw error instanceof StreamFailure ? new Refused(error.failure, explained) : explained;
  };
  try {
    const answer = await client.requestCompletion(body, watchdog.signal).catch(giveUp);
    await readCompletion(answer.body, take, watchdog.touch);
  } catch (error) {
    // Anything else is not the provider's doing.
    throw error instanceof StreamFailure ? giveUp(error) : error;
  } finally {
    // Closes the connection, whoever leaves first.
    watchdog.stop();
  }
}

async function loadModels(
  { config, client }: Endpoint,
  notify: (message: string) => void,
): Promise<ProviderModel[]> {
  const waitMs = config.timeouts.list_ms ?? DEFAULT_LIST_TIMEOUT_MS;
  const watchdog = createWatchdog(new AbortController().signal, {
    firstByteMs: waitMs,
    idleMs: waitMs,
  });
  try {
    const { body } = await client.requestModels(watchdog.signal);
    const { models, leftOut } = await readModelList(body);
    if (leftOut > 0) {
      const all = models.length + leftOut;
      notify(
        `${config.name} lists ${all} models, of which the first ${models.length} are offered. Name those you need under "models" in its configuration.`,
      );
    }
    return offeredModels(config, models);
  } catch (error) {
    throw explain(config, error, watchdog, LIST_HINT);
  } finally {
    watchdog.stop();
  }
}

function explain(
  config: ProviderConfig,
  error: unknown,
  watchdog: Watchdog,
  otherHint = '',
): DomainError {
  if (isDomainError(error)) return error;
  const failure =
    watchdog.gaveUpAfterMs !== null
      ? ({ kind: 'timeout', afterMs: watchdog.gaveUpAfterMs } as const)
      : failureOf(error);
  const addressHint = `${addressHintFor(config.base_url)}${otherHint}`;
  return providerError(config.name, failure, { secrets: secretsOf(config), addressHint });
}

/** The list goes on loading for the next who asks. */
function unlessAborted<Result>(
  result: Promise<Result>,
  signal: AbortSignal,
  config: ProviderConfig,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const message = `${config.name} takes too long to list its models.`;
    const handleAbort = () => reject(new DomainError('provider_timeout', message));
    if (signal.aborted) handleAbort();
    signal.addEventListener('abort', handleAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', handleAbort));
  });
}
