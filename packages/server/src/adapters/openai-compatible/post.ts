import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

/** How long a connection waits for the next request, in milliseconds: shorter than servers keep theirs. */
const IDLE_MS = 4_000;

interface PostOptions {
  headers: Record<string, string>;
  body: string;
  /** Closes the connection, whether the answer has begun or not. */
  signal: AbortSignal;
}

/** Rejects with the system's error when nobody answers. */
export type Post = (url: string, options: PostOptions) => Promise<IncomingMessage>;

/**
 * Sends a body and resolves with the answer as soon as it begins, to be read by the caller. Node's
 * own client instead of `fetch`: thousands of answers come in small pieces at the same time, and
 * `fetch` takes several times the work for each piece and the memory for each answer.
 */
export function createPost(): Post {
  const options = { keepAlive: true, timeout: IDLE_MS };
  const http = { request: requestHttp, agent: new HttpAgent(options) };
  const https = { request: requestHttps, agent: new HttpsAgent(options) };
  return (url, { headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const { request, agent } = url.startsWith('https:') ? https : http;
      // The agent's limit is for connections nobody uses; in use, each piece would set it anew.
      const sent = { method: 'POST', headers, agent, signal, timeout: 0 };
      request(url, sent, resolve).on('error', reject).end(body);
    });
}
