import type { Session } from '../domain/session.js';
import type { Caller } from '../domain/user.js';
import type { Clock } from '../ports/clock.js';
import type { SessionStorage } from '../ports/user-storage.js';

/** More than anyone has devices; older ones end by themselves. */
const MAX_SESSIONS = 100;

interface ListSessionsDeps {
  storage: SessionStorage;
  clock: Clock;
}

export type ListSessions = (caller: Caller) => Promise<Session[]>;

/** Where the caller is signed in, the most recently used first. */
export function createListSessions({ storage, clock }: ListSessionsDeps): ListSessions {
  return ({ userId }) => storage.listSessions(userId, { at: clock.now(), limit: MAX_SESSIONS });
}
