import { notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage } from '../ports/user-storage.js';
import type { RevokeSession } from './revoke-session.js';

interface EndSessionDeps {
  storage: SessionStorage;
  clock: Clock;
  revokeSession: RevokeSession;
}

export type EndSession = (caller: Caller, sessionId: string) => Promise<void>;

/** Ends one of the caller's own sessions. @throws DomainError `not_found` */
export function createEndSession({ storage, clock, revokeSession }: EndSessionDeps): EndSession {
  return async (caller, sessionId) => {
    const session = await storage.findSession(sessionId);
    const isLive = session && session.revokedAt === null && session.expiresAt > clock.now();
    if (!isLive || session.userId !== caller.userId) throw notFound('session');
    await revokeSession(sessionId);
  };
}
