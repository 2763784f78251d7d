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
    fetch: async (url, init) => boundErrorBody(await fetch(url, { ...init, redirect: 'manual' })),
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

async function statusError(status: number, stream: IncomingMessage): Promise<APIError> {
  const text = inOpenAiForm((await readBounded(stream, MAX_ERROR_BYTES)) ?? '');
  const body: unknown = parseJson(text);
  const headers = new Headers();
  const wait = stream.headers['retry-after'];
  if (wait !== undefined) headers.set('retry-after', wait);
  const object = typeof body === 'object' && body !== null ? body : undefined;
  return APIError.generate(status, object, object ? undefined : text, headers);
}

/** The package reads error bodies to their end, however far that is. */
async function boundErrorBody(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { status, headers } = response;
  const text = (await readBounded(response.body, MAX_ERROR_BYTES)) ?? '';
  return new Response(BODILESS.has(status) ? null : inOpenAiForm(text), { status, headers });
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
