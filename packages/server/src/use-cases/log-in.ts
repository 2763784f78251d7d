import { DomainError } from '../domain/domain-error.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { UserStorage } from '../ports/user-storage.js';
import type { OpenSession, SignedIn } from './open-session.js';

interface LogInDeps {
  storage: UserStorage;
  passwords: PasswordHasher;
  openSession: OpenSession;
}

interface Credentials {
  email: string;
  password: string;
}

export type LogIn = (credentials: Credentials, userAgent: string) => Promise<SignedIn>;

/** Neither the answer nor the time it takes tells whether the address has an account. */
export function createLogIn({ storage, passwords, openSession }: LogInDeps): LogIn {
  return async ({ email, password }, userAgent) => {
    const user = await storage.findUserByEmail(email);
    const matches = await passwords.matches(password, user?.passwordHash ?? null);
    if (!user || !matches) {
      throw new DomainError('invalid_credentials', 'Wrong e-mail address or password.');
    }
    return openSession(user, userAgent);
  };
}
