import type { Caller } from '../domain/user.js';
import type { RevokeSession } from './revoke-session.js';

export type LogOut = (caller: Caller) => Promise<void>;

/** Ends the session the caller is using, and no other of theirs. */
export function createLogOut({ revokeSession }: { revokeSession: RevokeSession }): LogOut {
  return (caller) => revokeSession(caller.sessionId);
}
