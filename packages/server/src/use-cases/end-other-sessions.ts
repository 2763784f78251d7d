import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage } from '../ports/user-storage.js';

interface EndOtherSessionsDeps {
  storage: SessionStorage;
  clock: Clock;
  broadcaster: Broadcaster;
}

/** @returns how many there were */
export type EndOtherSessions = (caller: Caller) => Promise<number>;

/** Signs the caller out everywhere but here, live connections included. */
export function createEndOtherSessions(deps: EndOtherSessionsDeps): EndOtherSessions {
  const { storage, clock, broadcaster } = deps;
  return async ({ userId, sessionId }) => {
    const ended = await storage.revokeOtherSessions(userId, sessionId, clock.now());
    for (const id of ended) broadcaster.disconnectSession(id);
    return ended.length;
  };
}
