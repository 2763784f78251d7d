import type { Model } from '@chat-playground/sdk/protocol';

const MAX_NAMED_MODELS = 3;
const LOOPBACK_OR_ANY = /^(127\.0\.0\.1|0\.0\.0\.0|::1?)$/;

interface Facts {
  host: string;
  port: number;
  basePath: string;
  database: string;
  models: readonly Model[];
  /** Whether there is no model but the demo. */
  isDemo: boolean;
}

/** The line a started server prints: where it is, what it uses, what to do next. */
export function announcement({ host, port, basePath, database, models, isDemo }: Facts): string {
  const address = `http://${LOOPBACK_OR_ANY.test(host) ? 'localhost' : bracketed(host)}:${port}${basePath}`;
  const answers = isDemo
    ? 'no model yet, a demo answers: set OPENAI_API_KEY or TYPHOON_API_KEY, or start Ollama, LM Studio or llama.cpp, and start again'
    : modelsInWords(models);
  return `Chat Playground is at ${address} (database: ${database}; ${answers}).`;
}

function modelsInWords(models: readonly Model[]): string {
  if (models.length === 0) return 'models: none of the configured providers lists any right now';
  if (models.length <= MAX_NAMED_MODELS) {
    return `models: ${models.map(({ id }) => id).join(', ')}`;
  }
  const providers = [...new Set(models.map(({ provider }) => provider))];
  return `${models.length} models of ${providers.join(', ')}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
