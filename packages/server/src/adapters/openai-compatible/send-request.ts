import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** How long a connection waits for the next request, in milliseconds: shorter than servers keep theirs. */
const IDLE_MS = 4_000;
/**
 * How soon a connection that went stale in the pool shows it, in milliseconds: a round trip. Later
 * the other side may have worked on the request already, and asking again would cost twice.
 */
const STALE_WITHIN_MS = 5_000;

interface RequestOptions {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Closes the connection, whether the answer has begun or not. */
  signal: AbortSignal;
}

/** An answer as soon as it begins. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** To be read by the caller; unpacked if it came packed. */
  body: Readable;
}

/** Rejects with a `ConnectionError` when nobody answers. */
export type SendRequest = (url: string, options: RequestOptions) => Promise<Answer>;

/** No answer began. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  constructor(
    /** The operating system's word, OpenSSL's, or `PROXY_<status>` when a proxy refused. */
    readonly code: string,
    /** Whether a proxy stands between. */
    readonly isProxied: boolean,
    cause: unknown,
  ) {
    super(code, { cause });
  }
}

/**
 * Sends requests to one provider. Node's own client instead of `fetch`: thousands of answers come in
 * small pieces at the same time, and `fetch` takes several times the work for each piece and the
 * memory for each answer.
 *
 * A connection out of the pool that turns out to be closed is replaced by a fresh one, once, as long
 * as not a byte of an answer has come.
 *
 * @param proxy address of the proxy to go through
 */
export function createSendRequest(proxy?: string): SendRequest {
  const isProxied = proxy !== undefined;
  const pooled = agentsFor(proxy, true);
  const fresh = agentsFor(proxy, false);
  return async (url, options) => {
    const { signal } = options;
    try {
      return await attempt(url, options, pooled);
    } catch (error) {
      if (!(error instanceof FailedAttempt)) throw error;
      if (!error.isStale || signal.aborted) throw error.toConnectionError(isProxied);
    }
    return attempt(url, options, fresh).catch((error: unknown) => {
      throw error instanceof FailedAttempt ? error.toConnectionError(isProxied) : error;
    });
  };
}

type Agents = Readonly<Record<'http' | 'https', HttpAgent>>;

function agentsFor(proxy: string | undefined, keepAlive: boolean): Agents {
  const options = { keepAlive, timeout: IDLE_MS };
  if (proxy === undefined) return { http: new HttpAgent(options), https: new HttpsAgent(options) };
  const https = new HttpsProxyAgent(proxy, options);
  // It keeps no options of its own, and so no limit for connections nobody uses.
  Object.assign(https.options, { timeout: IDLE_MS });
  return { http: new HttpProxyAgent(proxy, options), https };
}

class FailedAttempt extends Error {
  constructor(
    override readonly cause: unknown,
    readonly isStale: boolean,
  ) {
    super('no answer', { cause });
  }

  toConnectionError(isProxied: boolean): ConnectionError {
    return new ConnectionError(systemCode(this.cause), isProxied, this.cause);
  }
}

function attempt(
  url: string,
  { method, headers, body, signal }: RequestOptions,
  agents: Agents,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:');
    const agent = isSecure ? agents.https : agents.http;
    // The agent's limit is for connections nobody uses; in use, each piece would set it anew.
    const sent = { method, headers, agent, signal, timeout: 0 };
    const request = (isSecure ? requestHttps : requestHttp)(url, sent);
    const isUnanswered = watchForBytes(request);
    const begunAt = performance.now();
    request
      .on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
        if (statusCode === 200) return;
        request.destroy(Object.assign(new Error('refused'), { code: `PROXY_${statusCode}` }));
      })
      .on('response', (message) => resolve(toAnswer(message)))
      .on('error', (error) => {
        const isSoon = performance.now() - begunAt < STALE_WITHIN_MS;
        const isStale = request.reusedSocket && isUnanswered() && isSoon && isLoss(error);
        reject(new FailedAttempt(error, isStale));
      })
      .end(body);
  });
}

/** Tells later whether nothing at all has come, not even half a status line. */
function watchForBytes(request: ClientRequest): () => boolean {
  let hasBytes = false;
  request.once('socket', (socket) => {
    const handleBytes = () => void (hasBytes = true);
    socket.once('data', handleBytes);
    request.once('close', () => socket.off('data', handleBytes));
  });
  return () => !hasBytes;
}

function isLoss(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ECONNRESET' || code === 'EPIPE';
}

const UNPACK: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Some pack their answers unasked. */
function toAnswer(message: IncomingMessage): Answer {
  const { statusCode: status = 0, headers } = message;
  const unpack = UNPACK[headers['content-encoding']?.toLowerCase() ?? ''];
  if (!unpack) return { status, headers, body: message };
  const body = unpack();
  // Whoever reads it hears of what went wrong from the body itself.
  pipeline(message, body, () => undefined);
  return { status, headers, body };
}

/** The operating system's word, somewhere down the chain of causes. */
function systemCode(error: unknown): string {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    cause = cause.cause ?? (cause instanceof AggregateError ? cause.errors[0] : undefined);
  }
  return '';
}
