import { invalidField, notFound } from '../domain/domain-error.js';
import type { Caller, User } from '../domain/user.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { UserStorage } from '../ports/user-storage.js';

interface ConfirmPasswordDeps {
  storage: UserStorage;
  passwords: PasswordHasher;
}

/** @param field the request's name for the password, for the error */
export type ConfirmPassword = (caller: Caller, password: string, field: string) => Promise<User>;

/**
 * That it is really the account's owner who asks for something that cannot be undone. A wrong
 * password is a wrong field, not a failed sign-in: the session goes on.
 *
 * @throws DomainError `invalid_request`
 */
export function createConfirmPassword(deps: ConfirmPasswordDeps): ConfirmPassword {
  return async (caller, password, field) => {
    const user = await deps.storage.findUser(caller.userId);
    if (!user) throw notFound('user');
    if (await deps.passwords.matches(password, user.passwordHash)) return user;
    throw invalidField(field, 'is not your password');
  };
}
