import type { Broadcaster } from '../ports/broadcaster.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage } from '../ports/user-storage.js';

interface RevokeSessionDeps {
  storage: SessionStorage;
  clock: Clock;
  broadcaster: Broadcaster;
}

export type RevokeSession = (sessionId: string) => Promise<void>;

/** Ends a session, its tokens and its live connections. Ending it twice is no error. */
export function createRevokeSession({
  storage,
  clock,
  broadcaster,
}: RevokeSessionDeps): RevokeSession {
  return async (sessionId) => {
    await storage.revokeSession(sessionId, clock.now());
    broadcaster.disconnectSession(sessionId);
  };
}
