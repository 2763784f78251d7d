import { DomainError } from '../domain/domain-error.js';
import type { Session } from '../domain/session.js';
import type { AccessTokens } from '../ports/access-tokens.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage, UserStorage } from '../ports/user-storage.js';
import { SESSION_LIFETIME_MS, type SignedIn } from './open-session.js';
import type { RefreshTokens } from './refresh-tokens.js';
import type { RevokeSession } from './revoke-session.js';

/** How long the token before the current one still counts as a race rather than a theft. */
export const REUSE_GRACE_MS = 10_000;

interface RefreshSessionDeps {
  storage: SessionStorage & UserStorage;
  clock: Clock;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  revokeSession: RevokeSession;
}

export type RefreshSession = (refreshToken: string) => Promise<SignedIn>;

/**
 * Trades a refresh token for a new pair, once.
 *
 * The loser of a race (two tabs, or a retry after a lost answer) gets the very same successor as
 * the winner for a few seconds; tokens derive from one another, see {@link RefreshTokens.next}.
 * After that, an old token means that two parties hold the family, and the family is revoked.
 *
 * @throws DomainError `session_revoked`
 */
export function createRefreshSession(deps: RefreshSessionDeps): RefreshSession {
  const { storage, clock, refreshTokens } = deps;

  /** @returns whether this call made `next` the current token */
  const rotate = (session: Session, hash: string, next: string) => {
    const at = clock.now();
    return storage.rotateSession({
      sessionId: session.id,
      expectedHash: hash,
      nextHash: refreshTokens.hash(next),
      at,
      expiresAt: at + SESSION_LIFETIME_MS,
    });
  };

  return async (refreshToken) => {
    const session = await findLiveSession(deps, refreshToken);
    const hash = refreshTokens.hash(refreshToken);
    const next = refreshTokens.next(refreshToken);
    if (session.tokenHash === hash && (await rotate(session, hash, next))) {
      return signedIn(deps, session, next);
    }
    // Not the current token, or no longer: someone else may have rotated in between, so look again.
    const current = await findLiveSession(deps, refreshToken);
    const isRecent = clock.now() - current.rotatedAt <= REUSE_GRACE_MS;
    if (current.previousTokenHash === hash && isRecent) return signedIn(deps, current, next);
    await deps.revokeSession(session.id);
    throw ended();
  };
}

async function findLiveSession(deps: RefreshSessionDeps, refreshToken: string): Promise<Session> {
  // A token we did not make must not be able to revoke anything, so its seal is checked first.
  const sessionId = deps.refreshTokens.sessionOf(refreshToken);
  const session = sessionId === null ? null : await deps.storage.findSession(sessionId);
  if (!session || session.revokedAt !== null || session.expiresAt <= deps.clock.now())
    throw ended();
  return session;
}

async function signedIn(
  deps: RefreshSessionDeps,
  session: Session,
  refreshToken: string,
): Promise<SignedIn> {
  const user = await deps.storage.findUser(session.userId);
  if (!user) throw ended();
  return {
    user,
    token: deps.accessTokens.issue({ userId: user.id, sessionId: session.id }),
    refreshToken,
    expiresInSeconds: deps.accessTokens.lifetimeSeconds,
  };
}

function ended(): DomainError {
  return new DomainError('session_revoked', 'This session has ended. Sign in again.');
}
