/** Which other sites' pages may call. */
export interface AllowedOrigins {
  /** @param origin the `Origin` header; @param host the `Host` header of the same request */
  isAllowed(origin: string | undefined, host: string | undefined): boolean;
}

/**
 * @param list origins such as `https://example.org`, or `*` for any. The server's own pages are
 *   always allowed, and so is whoever sends no origin: that is no browser, or a page of our own.
 */
export function createAllowedOrigins(list: readonly string[]): AllowedOrigins {
  const allowed = new Set(list);
  return {
    isAllowed: (origin, host) =>
      origin === undefined || allowed.has('*') || allowed.has(origin) || hostOf(origin) === host,
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
