import { readModelList } from './model-list.js';
import { providerConfigSchema, type Preset, type ProviderConfigInput } from './provider-config.js';

/** A place where a local server may listen. */
export interface LocalCandidate {
  name: string;
  preset: Preset;
  base_url: string;
}

/** How long a local server may take to answer, in milliseconds: it is on this machine. */
const PROBE_TIMEOUT_MS = 300;

type Fetch = typeof globalThis.fetch;

const LOCAL_CANDIDATES: readonly LocalCandidate[] = [
  { name: 'ollama', preset: 'ollama', base_url: 'http://127.0.0.1:11434/v1' },
  { name: 'lm-studio', preset: 'lm-studio', base_url: 'http://127.0.0.1:1234/v1' },
  { name: 'llama.cpp', preset: 'llama.cpp', base_url: 'http://127.0.0.1:8080/v1' },
];

interface DiscoverOptions {
  signal: AbortSignal;
  fetch?: Fetch;
  candidates?: readonly LocalCandidate[];
  timeoutMs?: number;
}

/**
 * Local model servers that run right now and have a model, as configurations. All places are asked
 * at once; whatever else listens there is recognised by its answer and left alone.
 */
export async function discoverLocalProviders({
  signal,
  fetch = globalThis.fetch,
  candidates = LOCAL_CANDIDATES,
  timeoutMs = PROBE_TIMEOUT_MS,
}: DiscoverOptions): Promise<ProviderConfigInput[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const found = await Promise.all(
    candidates.map(async (candidate) =>
      (await hasModels(candidate, fetch, limit)) ? [candidate] : [],
    ),
  );
  return found.flat();
}

async function hasModels(
  candidate: LocalCandidate,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<boolean> {
  const { base_url: baseUrl } = providerConfigSchema.parse(candidate);
  try {
    const response = await fetch(`${baseUrl}/models`, { redirect: 'manual', signal });
    if (response.ok) return (await readModelList(response.body)).models.length > 0;
    await response.body?.cancel();
    return false;
  } catch {
    // Nothing listens there, or something else does: either way it is not for us.
    return false;
  }
}
