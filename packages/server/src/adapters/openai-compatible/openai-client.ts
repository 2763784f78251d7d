import type { IncomingMessage } from 'node:http';
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { z } from 'zod';
import type { CompletionRequest } from '../../ports/model-provider.js';
import { readBounded } from './bounded-body.js';
import { createPost } from './post.js';
import type { ProviderConfig } from './provider-config.js';
import type { Failure } from './provider-errors.js';

export type Fetch = typeof globalThis.fetch;

/** Largest error body that is looked at, in bytes. */
const MAX_ERROR_BYTES = 64 * 1024;
/** Statuses a response may have no body with. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

const otherErrorSchema = z.object({
  error: z.undefined().optional(),
  message: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
});

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
  const options = {
    baseURL: config.base_url,
    apiKey: config.api_key ?? 'none',
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off' as const,
    // The watch on silence is ours; this one only must not come first.
    timeout: config.timeouts.first_byte_ms * 2,
    defaultHeaders: {
      ...(config.api_key === undefined ? { authorization: null } : {}),
      ...config.headers,
    },
  };
  const lists = new OpenAI({ ...options, fetch: fetchList(fetch) });
  const completions = new OpenAI({ ...options, fetch: fetchCompletion() });
  return {
    async requestCompletion({ model, messages, parameters }, signal) {
      const usage = config.include_usage ? { stream_options: { include_usage: true } } : {};
      const body = { ...parameters, model, messages, stream: true as const, ...usage };
      const response = await completions.chat.completions.create(body, { signal }).asResponse();
      return (response as StreamedResponse).stream;
    },
    requestModels: (signal) => lists.models.list({ signal }).asResponse(),
  };
}

function fetchList(fetch: Fetch): Fetch {
  return async (url, init) => {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const { ok, status, headers, body } = response;
    return ok ? response : failedResponse({ status, headers: [...headers] }, body);
  };
}

/** What the package takes for a response without a body, and hands on to us. */
class StreamedResponse extends Response {
  constructor(
    readonly stream: IncomingMessage,
    status: number,
  ) {
    super(null, { status });
  }
}

function fetchCompletion(): Fetch {
  const post = createPost();
  return async (url, init) => {
    // The package's own types allow for more than it sends.
    const { headers, body, signal } = init as {
      headers: Headers;
      body: string;
      signal: AbortSignal;
    };
    const stream = await post(String(url), { headers, body, signal });
    const status = stream.statusCode ?? 0;
    if (status >= 200 && status < 300) return new StreamedResponse(stream, status);
    const pairs = Object.entries(stream.headers).map(([name, value]) => [name, String(value)]);
    return failedResponse({ status, headers: pairs as [string, string][] }, stream);
  };
}

/** The package reads error bodies to their end, however far that is. */
async function failedResponse(
  init: { status: number; headers: [string, string][] },
  body: AsyncIterable<Uint8Array> | null,
): Promise<Response> {
  const text = (await readBounded(body, MAX_ERROR_BYTES)) ?? '';
  return new Response(BODILESS.has(init.status) ? null : inOpenAiForm(text), init);
}

/** The package looks for reasons under `error` only; vLLM, FastAPI and others put them beside. */
function inOpenAiForm(text: string): string {
  const other = otherErrorSchema.safeParse(parseJson(text));
  if (!other.success) return text;
  const { message, detail } = other.data;
  return JSON.stringify({ error: { message: message ?? detail ?? '' } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What an error thrown by the package, or by reading a body, says happened. */
export function failureOf(error: unknown): Failure {
  if (error instanceof APIConnectionTimeoutError) {
    return { kind: 'connection', code: 'ETIMEDOUT', cause: error };
  }
  if (error instanceof APIConnectionError) {
    return { kind: 'connection', code: systemCode(error), cause: error };
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const { status, code, message, headers } = error as APIError<number, Headers>;
    return { kind: 'status', status, code: code ?? '', reason: reasonOf(error, message), headers };
  }
  return { kind: 'cut' };
}

function reasonOf(error: APIError, fallback: string): string {
  const body: unknown = error.error;
  if (typeof body === 'string') return body;
  if (typeof body === 'object' && body && 'message' in body && typeof body.message === 'string') {
    return body.message;
  }
  // What the package makes of a body that is not in OpenAI's form.
  return fallback.replace(/^\d{3} /, '').replace('status code (no body)', '');
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
