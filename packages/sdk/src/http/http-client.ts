import type { CallOptions } from '../chat-client.js';
import { ChatError } from '../errors/chat-error.js';
import { API_PREFIX, IDEMPOTENCY_HEADER } from '../protocol/wire-names.js';
import { createDeadline, type Deadline } from './deadline.js';
import { asRecord, errorFromFailure, errorFromResponse, invalidResponse } from './error-from.js';
import { pause, retryDelay, type RetryOptions } from './retry.js';

/** A request as this client makes them. */
export interface FetchInit extends RequestInit {
  headers: Record<string, string>;
  signal: AbortSignal;
}

export interface HttpOptions {
  /** The server's address; `/api` is appended unless it is there already. */
  baseUrl: string;
  fetch: (url: string, init: FetchInit) => Promise<Response>;
  /** How long one try may take until its answer is whole, in milliseconds. */
  timeoutMs: number;
  retry: RetryOptions;
  /** Fires when the client is closed. */
  closed: AbortSignal;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the API's prefix. */
  path: string;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Makes a POST safe to repeat. */
  idempotencyKey?: string;
  signal?: AbortSignal | undefined;
}

/** Where tokens come from; absent on calls that need none. */
export interface Authorizer {
  /** @returns the token to use, refreshed beforehand when it is about to expire */
  token(): Promise<string | null>;
  /** @returns a token newer than the refused one, or null when there is none to be had */
  renew(refused: string | null): Promise<string | null>;
}

export interface HttpClient {
  /**
   * The answer's JSON, which is an object with `fields` and, in `rows`, a list. Repeats what is
   * safe to repeat.
   *
   * @param call method and path, as in `GET /chats`
   */
  json<T>(
    call: `${HttpRequest['method']} /${string}`,
    fields: readonly (keyof T & string)[],
    options?: CallOptions,
    extra?: Pick<HttpRequest, 'body' | 'query' | 'idempotencyKey'> & { rows?: keyof T & string },
  ): Promise<T>;
  /** The answer, as soon as its headers are there. Never repeats; the deadline is the caller's. */
  open(request: HttpRequest, deadline: Deadline): Promise<Response>;
  withAuth(authorizer: Authorizer): HttpClient;
}

/** The only caller of fetch. */
export function createHttpClient(options: HttpOptions, authorizer?: Authorizer): HttpClient {
  const root = apiRoot(options.baseUrl);

  async function attempt(request: HttpRequest, deadline: Deadline): Promise<Response> {
    const ask = (token: string | null) =>
      fetchOnce(options.fetch, root, request, token, deadline.signal);
    const token = (await authorizer?.token()) ?? null;
    let response = await ask(token);
    if (response.status === 401) {
      // A refused token changed nothing at the server, so any call may be repeated with a new one.
      const renewed = (await authorizer?.renew(token)) ?? null;
      if (renewed !== null) response = await ask(renewed);
    }
    if (response.ok) return response;
    throw await errorFromResponse(response, nameOf(request));
  }

  async function attemptJson(request: HttpRequest): Promise<unknown> {
    const deadline = createDeadline(options.timeoutMs, [request.signal, options.closed]);
    try {
      const response = await attempt(request, deadline);
      return await parseBody(response, nameOf(request));
    } catch (cause) {
      const aborted = Boolean(request.signal?.aborted) || options.closed.aborted;
      const timeoutMs = deadline.expired() ? options.timeoutMs : null;
      throw errorFromFailure(cause, nameOf(request), { aborted, timeoutMs });
    } finally {
      deadline.clear();
    }
  }

  async function repeat(request: HttpRequest): Promise<unknown> {
    const isSafe = request.method === 'GET' || request.idempotencyKey !== undefined;
    for (let tries = 0; ; tries += 1) {
      try {
        return await attemptJson(request);
      } catch (error) {
        const delayMs =
          isSafe && error instanceof ChatError ? retryDelay(error, tries, options.retry) : null;
        if (delayMs === null) throw error;
        await pause(delayMs, request.signal);
      }
    }
  }

  return {
    json: async (call, fields, { signal } = {}, { rows, ...extra } = {}) => {
      const [method, path] = call.split(' ') as [HttpRequest['method'], string];
      const answer = asRecord(await repeat({ method, path, signal, ...extra }));
      const missing = fields.find((field) => answer?.[field] === undefined);
      if (!answer || missing !== undefined) {
        throw invalidResponse(call, missing ? `no "${missing}"` : 'no object');
      }
      if (rows === undefined || Array.isArray(answer[rows])) return answer as never;
      throw invalidResponse(call, `no ${rows}`);
    },
    open: attempt,
    withAuth: (next) => createHttpClient(options, next),
  };
}

export function apiRoot(baseUrl: string): string {
  const trimmed = baseUrl.replace(/\/+$/, '');
  return trimmed.endsWith(API_PREFIX) ? trimmed : trimmed + API_PREFIX;
}

function nameOf({ method, path }: HttpRequest): string {
  return `${method} ${path}`;
}

async function fetchOnce(
  fetch: HttpOptions['fetch'],
  root: string,
  request: HttpRequest,
  token: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  if (request.idempotencyKey !== undefined) headers[IDEMPOTENCY_HEADER] = request.idempotencyKey;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  return fetch(root + request.path + queryString(request.query), {
    method: request.method,
    headers,
    body: request.body === undefined ? null : JSON.stringify(request.body),
    signal,
    // Tokens travel in the header alone, so cookies would only be a way in for other sites.
    credentials: 'omit',
    cache: 'no-store',
  });
}

function queryString(query: HttpRequest['query'] = {}): string {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  if (known.length === 0) return '';
  return `?${new URLSearchParams(known as [string, string][]).toString()}`;
}

async function parseBody(response: Response, call: string): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidResponse(call, 'invalid JSON', cause);
  }
}
