import type { Session } from '../domain/session.js';
import type { User } from '../domain/user.js';
import type { AccessTokens } from '../ports/access-tokens.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage } from '../ports/user-storage.js';
import type { RefreshTokens } from './refresh-tokens.js';

/** A session nobody refreshes for this long is over. */
export const SESSION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_USER_AGENT_LENGTH = 300;

/** What signing in, by whichever way, comes to. */
export interface SignedIn {
  user: User;
  token: string;
  refreshToken: string;
  expiresInSeconds: number;
}

interface OpenSessionDeps {
  storage: SessionStorage;
  clock: Clock;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  newId: () => string;
}

export type OpenSession = (user: User, userAgent: string) => Promise<SignedIn>;

/** Begins a session on one device for someone who has proved who they are. */
export function createOpenSession(deps: OpenSessionDeps): OpenSession {
  const { storage, clock, accessTokens, refreshTokens } = deps;
  return async (user, userAgent) => {
    const sessionId = deps.newId();
    const refreshToken = refreshTokens.first(sessionId);
    const now = clock.now();
    const session: Session = {
      id: sessionId,
      userId: user.id,
      tokenHash: refreshTokens.hash(refreshToken),
      previousTokenHash: null,
      rotatedAt: now,
      userAgent: userAgent.slice(0, MAX_USER_AGENT_LENGTH),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now + SESSION_LIFETIME_MS,
      revokedAt: null,
    };
    await storage.createSession(session);
    return {
      user,
      token: accessTokens.issue({ userId: user.id, sessionId }),
      refreshToken,
      expiresInSeconds: accessTokens.lifetimeSeconds,
    };
  };
}
