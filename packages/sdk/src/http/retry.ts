import type { ChatError } from '../errors/chat-error.js';

/** How failed calls are repeated. Only calls that are safe to repeat ever are. */
export interface RetryOptions {
  /** Most repetitions after the first try. Default 2; a reply's stream allows 5 in a row. */
  limit: number;
  /** Longest first wait, in milliseconds; doubled for each further one. Default 300. */
  baseDelayMs: number;
  /** Longest wait, in milliseconds; a server asking for more gets no repetition. Default 10000. */
  maxDelayMs: number;
}

export const DEFAULT_RETRY: RetryOptions = { limit: 2, baseDelayMs: 300, maxDelayMs: 10_000 };

/**
 * How long to wait before repetition number `attempt` (from 0), with full jitter over the upper
 * half so that many clients do not come back at once.
 *
 * @returns milliseconds; null when repeating cannot help or the server asked for too long a wait
 */
export function retryDelay(
  error: ChatError,
  attempt: number,
  { limit, baseDelayMs, maxDelayMs }: RetryOptions,
): number | null {
  if (!error.retryable || attempt >= limit) return null;
  const asked = error.retryAfterMs ?? 0;
  if (asked > maxDelayMs) return null;
  const ceiling = Math.min(maxDelayMs, baseDelayMs * 2 ** attempt);
  return Math.max(asked, ceiling * (0.5 + Math.random() / 2));
}

/** Resolves after a while, or at once when the signal fires; the caller looks at the signal. */
export function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal?.addEventListener('abort', done);
  });
}
