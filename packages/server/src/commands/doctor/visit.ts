/** How long an answer may take, in milliseconds; what takes longer is as good as none. */
const ANSWER_TIMEOUT_MS = 15_000;

/** The address that is looked at, and how it is asked. */
export interface Visit {
  /** Ends with a slash, so that paths can be put behind it. */
  readonly base: URL;
  /** Of a website whose pages are to use the server. */
  readonly origin: string | undefined;
  /** Seconds for which a quiet stream is held; 0 for not at all. */
  readonly idleSeconds: number;
  /**
   * Asks, and follows no redirect: browsers do not follow all of them either.
   *
   * @param path below the base, without a slash in front
   */
  ask(path: string, options?: AskOptions): Promise<Response>;
}

interface AskOptions {
  method?: string;
  headers?: Record<string, string>;
  /** For the whole answer; 15 seconds when absent. */
  timeoutMs?: number;
}

export interface VisitOptions {
  /** Of the server, as given to the SDK and the widget. */
  url: string;
  origin?: string | undefined;
  idleSeconds: number;
}

export function createVisit({ url, origin, idleSeconds }: VisitOptions): Visit {
  const base = new URL(url);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  base.search = '';
  base.hash = '';
  return {
    base,
    origin,
    idleSeconds,
    ask: (path, { method = 'GET', headers = {}, timeoutMs = ANSWER_TIMEOUT_MS } = {}) =>
      fetch(new URL(path, base), {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      }),
  };
}

/** Whether an address leads to this very machine, where nobody listens in between. */
export function isLocal({ hostname }: URL): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
