import type { Caller } from '../domain/user.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { UserStorage } from '../ports/user-storage.js';
import type { ConfirmPassword } from './confirm-password.js';
import type { EndOtherSessions } from './end-other-sessions.js';

interface ChangePasswordDeps {
  storage: UserStorage;
  passwords: PasswordHasher;
  confirmPassword: ConfirmPassword;
  endOtherSessions: EndOtherSessions;
}

export type ChangePassword = (
  caller: Caller,
  change: { current: string; next: string },
) => Promise<void>;

/** Whoever else is signed in, perhaps with the old password, is signed out. */
export function createChangePassword(deps: ChangePasswordDeps): ChangePassword {
  return async (caller, { current, next }) => {
    const user = await deps.confirmPassword(caller, current, 'body.current_password');
    await deps.storage.updatePasswordHash(user.id, await deps.passwords.hash(next));
    await deps.endOtherSessions(caller);
  };
}
