import type { Authorizer } from '../http/http-client.js';

/**
 * Supplies the access token when the page holds the session (an embed token from its back end).
 * Called for the first call and again whenever the server refused the last one.
 *
 * @param context `refused` is the token that no longer works; null the first time
 * @returns null when the visitor is not signed in
 */
export type GetToken = (context: {
  refused: string | null;
}) => string | null | Promise<string | null>;

/** Asks the page once for all racing calls, and again only when its token was refused. */
export function createPageAuthorizer(getToken: GetToken): Authorizer {
  let current: string | null = null;
  let flight: Promise<string | null> | null = null;

  const ask = (refused: string | null) => {
    flight ??= Promise.resolve(getToken({ refused }))
      .then((token) => (current = token))
      .finally(() => {
        flight = null;
      });
    return flight;
  };
  return {
    token: async () => current ?? ask(null),
    renew: async (refused) => {
      if (current !== null && current !== refused) return current;
      const token = await ask(refused);
      return token === refused ? null : token;
    },
  };
}
