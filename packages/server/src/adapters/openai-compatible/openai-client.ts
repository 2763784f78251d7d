import type { IncomingHttpHeaders } from 'node:http';
import OpenAI from 'openai';
import type { CompletionRequest } from '../../ports/model-provider.js';
import { readBounded } from './bounded-body.js';
import { StreamFailure } from './stream-failure.js';
import { readErrorBody } from './error-body.js';
import type { ProviderConfig } from './provider-config.js';
import type { Failure } from './provider-errors.js';
import { ConnectionError, type Answer, type SendRequest } from './send-request.js';

/** Largest error body that is looked at, in bytes. */
const MAX_ERROR_BYTES = 64 * 1024;

/** The fields of a request to a provider, by their names on its wire. */
export type RequestBody = Readonly<Record<string, unknown>>;

export interface OpenAiClient {
  /**
   * A streamed chat completion, its body to be read by the caller.
   *
   * @throws StreamFailure when the provider refuses, ConnectionError when it does not answer
   */
  requestCompletion(body: RequestBody, signal: AbortSignal): Promise<Answer>;
  requestModels(signal: AbortSignal): Promise<Answer>;
}

/**
 * The `openai` package for one endpoint: where requests go and what is in their heads. Nothing is
 * taken from the environment, nothing is retried by it, and no redirect is followed: where requests
 * and the key go is the operator's word alone.
 */
export function createOpenAiClient(config: ProviderConfig, send: SendRequest): OpenAiClient {
  const { origin, pathname, searchParams } = new URL(config.base_url);
  const client = new OpenAI({
    baseURL: `${origin}${pathname.replace(/\/$/, '')}`,
    defaultQuery: Object.fromEntries(searchParams),
    apiKey: config.api_key ?? 'none',
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    defaultHeaders: {
      ...(config.api_key === undefined ? { authorization: null } : {}),
      ...config.headers,
    },
  });
  let head: Promise<RequestHead> | null = null;
  return {
    async requestCompletion(body, signal) {
      head ??= headOf(client, 'post', '/chat/completions');
      const { url, headers } = await head;
      const text = JSON.stringify(body);
      return answered(await send(url, { method: 'POST', headers, body: text, signal }));
    },
    async requestModels(signal) {
      const { url, headers } = await headOf(client, 'get', '/models');
      return answered(await send(url, { method: 'GET', headers, signal }));
    },
  };
}

/** What a completion is asked with, before anything is known of what the model refuses. */
export function completionBody(
  { model, messages, parameters }: CompletionRequest,
  asksForUsage: boolean,
): RequestBody {
  const usage = asksForUsage ? { stream_options: { include_usage: true } } : {};
  return { ...parameters, model, messages, stream: true, ...usage };
}

interface RequestHead {
  url: string;
  headers: Record<string, string>;
}

/** The package's word on where to and as whom; all completions begin alike. */
async function headOf(client: OpenAI, method: 'get' | 'post', path: string): Promise<RequestHead> {
  const { url, req } = await client.buildRequest({
    method,
    path,
    ...(method === 'post' ? { body: {} } : {}),
  });
  return { url, headers: Object.fromEntries(req.headers) };
}

async function answered(answer: Answer): Promise<Answer> {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return answer;
  // What was torn while it was read still says its status.
  const text = (await readBounded(body, MAX_ERROR_BYTES).catch(() => '')) ?? '';
  const said = { ...readErrorBody(text), status, headers: toHeaders(headers) };
  throw new StreamFailure({ kind: 'reported', ...said });
}

function toHeaders(headers: IncomingHttpHeaders): Headers {
  const known = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') known.set(name, value);
  }
  return known;
}

/** What an error of asking, or of reading an answer, says happened. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StreamFailure) return error.failure;
  if (!(error instanceof ConnectionError)) return { kind: 'cut' };
  const { code, isProxied } = error;
  return { kind: 'connection', code, isProxied, cause: error };
}
