import type { IncomingMessage } from 'node:http';
import OpenAI, { APIConnectionError, APIConnectionTimeoutError } from 'openai';
import type { CompletionRequest } from '../../ports/model-provider.js';
import { readBounded } from './bounded-body.js';
import { StreamFailure } from './completion-events.js';
import { readErrorBody } from './error-body.js';
import { createPost } from './post.js';
import type { ProviderConfig } from './provider-config.js';
import type { Failure } from './provider-errors.js';

export type Fetch = typeof globalThis.fetch;

/** Largest error body that is looked at, in bytes. */
const MAX_ERROR_BYTES = 64 * 1024;
export interface OpenAiClient {
  /** The body of a streamed chat completion, to be read by the caller. */
  requestCompletion(request: CompletionRequest, signal: AbortSignal): Promise<IncomingMessage>;
  requestModels(signal: AbortSignal): Promise<Response>;
}

/**
 * The `openai` package for one endpoint. Nothing is taken from the environment, nothing is retried
 * (a reply that fails says so, and its owner decides), and no redirect is followed: where requests
 * and the key go is the operator's word alone.
 *
 * @param fetch asks for lists; completions take a lighter way (see `createPost`)
 */
export function createOpenAiClient(config: ProviderConfig, fetch: Fetch): OpenAiClient {
  const client = new OpenAI({
    baseURL: config.base_url,
    apiKey: config.api_key ?? 'none',
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    // The watch on silence is ours; this one only must not come first.
    timeout: config.timeouts.first_byte_ms * 2,
    defaultHeaders: {
      ...(config.api_key === undefined ? { authorization: null } : {}),
      ...config.headers,
    },
    fetch: async (url, init) => refuseErrors(await fetch(url, { ...init, redirect: 'manual' })),
  });
  const post = createPost();
  let head: Promise<RequestHead> | null = null;
  return {
    async requestCompletion({ model, messages, parameters }, signal) {
      head ??= headOfCompletions(client);
      const { url, headers } = await head;
      const usage = config.include_usage ? { stream_options: { include_usage: true } } : {};
      const body = JSON.stringify({ ...parameters, model, messages, stream: true, ...usage });
      const stream = await post(url, { headers, body, signal }).catch((cause: Error) => {
        throw new APIConnectionError({ cause });
      });
      const status = stream.statusCode ?? 0;
      if (status < 200 || status >= 300) throw await statusError(status, stream);
      return stream;
    },
    requestModels: (signal) => client.models.list({ signal }).asResponse(),
  };
}

interface RequestHead {
  url: string;
  headers: Record<string, string>;
}

/** The package's word on where to and as whom, asked once: all completions begin alike. */
async function headOfCompletions(client: OpenAI): Promise<RequestHead> {
  const options = { method: 'post', path: '/chat/completions', body: {} } as const;
  const { url, req } = await client.buildRequest(options);
  return { url, headers: Object.fromEntries(req.headers) };
}

async function statusError(status: number, stream: IncomingMessage): Promise<StreamFailure> {
  const text = (await readBounded(stream, MAX_ERROR_BYTES)) ?? '';
  return reported(status, text, new Headers(headerPairs(stream)));
}

function headerPairs({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
}

function reported(status: number, text: string, headers: Headers): StreamFailure {
  return new StreamFailure({ kind: 'reported', ...readErrorBody(text), status, headers });
}

/** The package reads error bodies to their end, however far that is, and in one form only. */
async function refuseErrors(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = (await readBounded(response.body, MAX_ERROR_BYTES)) ?? '';
  throw reported(response.status, text, response.headers);
}

/** What an error thrown by the package, or by reading a body, says happened. */
export function failureOf(error: unknown): Failure {
  if (error instanceof APIConnectionTimeoutError) {
    return { kind: 'connection', code: 'ETIMEDOUT', cause: error };
  }
  if (error instanceof APIConnectionError) {
    // The package wraps what its fetch throws.
    if (error.cause instanceof StreamFailure) return error.cause.failure;
    return { kind: 'connection', code: systemCode(error), cause: error };
  }
  return { kind: 'cut' };
}

/** The operating system's word, somewhere down the chain of causes. */
function systemCode(error: unknown): string {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    cause = cause.cause;
  }
  return '';
}
