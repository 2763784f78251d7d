import { DomainError } from '../domain/domain-error.js';
import type { AccessTokens, VerifiedToken } from '../ports/access-tokens.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage } from '../ports/user-storage.js';

interface AuthenticateDeps {
  storage: SessionStorage;
  clock: Clock;
  accessTokens: AccessTokens;
}

export type Authenticate = (token: string | undefined) => Promise<VerifiedToken>;

/**
 * Who presents this access token. The session is looked up each time (one read by primary key), so
 * that a token dies with its session on every node at once instead of living out its minutes.
 *
 * @throws DomainError `unauthenticated`, `token_expired` or `session_revoked`
 */
export function createAuthenticate({
  storage,
  clock,
  accessTokens,
}: AuthenticateDeps): Authenticate {
  return async (token) => {
    if (!token)
      throw new DomainError('unauthenticated', 'Sign in first: no access token was sent.');
    const verified = await accessTokens.verify(token);
    const session = await storage.findSession(verified.sessionId);
    if (!session || session.userId !== verified.userId) {
      throw new DomainError('unauthenticated', 'The access token is not valid. Sign in.');
    }
    if (session.revokedAt !== null || session.expiresAt <= clock.now()) {
      throw new DomainError('session_revoked', 'This session has ended. Sign in again.');
    }
    return verified;
  };
}
