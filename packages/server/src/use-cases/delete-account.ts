import type { Caller } from '../domain/user.js';
import type { UserStorage } from '../ports/user-storage.js';
import type { ConfirmPassword } from './confirm-password.js';
import type { EndOtherSessions } from './end-other-sessions.js';
import type { RevokeSession } from './revoke-session.js';

interface DeleteAccountDeps {
  storage: UserStorage;
  confirmPassword: ConfirmPassword;
  endOtherSessions: EndOtherSessions;
  revokeSession: RevokeSession;
  /** Stops whatever is being written for someone. */
  stopAllReplies: (ownerId: string) => Promise<unknown>;
}

export type DeleteAccount = (caller: Caller, password: string) => Promise<void>;

/** Removes the caller's account with everything it owns. */
export function createDeleteAccount(deps: DeleteAccountDeps): DeleteAccount {
  return async (caller, password) => {
    const { id } = await deps.confirmPassword(caller, password, 'body.password');
    // Signed out first: nothing new begins while the rest is being taken away.
    await deps.endOtherSessions(caller);
    await deps.revokeSession(caller.sessionId);
    await deps.stopAllReplies(id);
    await deps.storage.deleteUser(id);
  };
}
