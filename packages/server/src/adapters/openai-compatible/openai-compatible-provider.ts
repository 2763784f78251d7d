import type { Clock } from '../../ports/clock.js';
import type {
  CompletionEvent,
  CompletionRequest,
  ModelProvider,
  ProviderModel,
} from '../../ports/model-provider.js';
import type { Take } from '../../ports/source.js';
import { DomainError, isDomainError } from '../../domain/domain-error.js';
import { secretsOf } from './clean-reason.js';
import { readCompletion, StreamFailure } from './completion-events.js';
import { configuredModels, createListCache, offeredModels, readModelList } from './model-list.js';
import { createOpenAiClient, failureOf, type Fetch, type OpenAiClient } from './openai-client.js';
import { presetPrefills } from './presets.js';
import {
  providerConfigSchema,
  type ProviderConfig,
  type ProviderConfigInput,
} from './provider-config.js';
import { providerError } from './provider-errors.js';
import { createWatchdog, type Watchdog } from './watchdog.js';

/** How long a list of models may take, in milliseconds. */
const LIST_TIMEOUT_MS = 10_000;

interface ProviderDeps {
  /** Node's own by default. */
  fetch?: Fetch;
  /** The system's by default. */
  clock?: Clock;
}

/**
 * Any endpoint that speaks OpenAI's chat completions.
 *
 * @throws ZodError when the configuration is not valid
 */
export function createOpenAiCompatibleProvider(
  input: ProviderConfigInput,
  { fetch = globalThis.fetch, clock = { now: () => Date.now() } }: ProviderDeps = {},
): ModelProvider {
  const config = providerConfigSchema.parse(input);
  const client = createOpenAiClient(config, fetch);
  const configured = configuredModels(config);
  const cached = createListCache(() => loadModels(config, client), clock);
  return {
    name: config.name,
    makesTitles: true,
    prefill: presetPrefills[config.preset],
    async listModels(signal) {
      return configured ?? (await unlessAborted(cached(), signal, config));
    },
    complete: (request, take, signal) => complete({ config, client }, request, take, signal),
  };
}

async function complete(
  { config, client }: { config: ProviderConfig; client: OpenAiClient },
  request: CompletionRequest,
  take: Take<CompletionEvent>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const watchdog = createWatchdog(signal, {
    firstByteMs: config.timeouts.first_byte_ms,
    idleMs: config.timeouts.idle_ms,
  });
  const giveUp = (error: unknown): never => {
    signal.throwIfAborted();
    throw explain(config, error, watchdog);
  };
  try {
    const body = await client.requestCompletion(request, watchdog.signal).catch(giveUp);
    await readCompletion(body, take, watchdog.touch);
  } catch (error) {
    // Anything else is not the provider's doing.
    throw error instanceof StreamFailure ? giveUp(error) : error;
  } finally {
    // Closes the connection, whoever leaves first.
    watchdog.stop();
  }
}

async function loadModels(config: ProviderConfig, client: OpenAiClient): Promise<ProviderModel[]> {
  const watchdog = createWatchdog(new AbortController().signal, {
    firstByteMs: LIST_TIMEOUT_MS,
    idleMs: LIST_TIMEOUT_MS,
  });
  try {
    const response = await client.requestModels(watchdog.signal);
    return offeredModels(config, await readModelList(response));
  } catch (error) {
    throw explain(config, error, watchdog);
  } finally {
    watchdog.stop();
  }
}

function explain(config: ProviderConfig, error: unknown, watchdog: Watchdog): DomainError {
  if (isDomainError(error)) return error;
  const failure =
    watchdog.gaveUpAfterMs !== null
      ? ({ kind: 'timeout', afterMs: watchdog.gaveUpAfterMs } as const)
      : error instanceof StreamFailure
        ? error.failure
        : failureOf(error);
  return providerError(config.name, failure, { secrets: secretsOf(config) });
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
