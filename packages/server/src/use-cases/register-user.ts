import type { User } from '../domain/user.js';
import type { Clock } from '../ports/clock.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { UserStorage } from '../ports/user-storage.js';
import type { OpenSession, SignedIn } from './open-session.js';

interface RegisterUserDeps {
  storage: UserStorage;
  clock: Clock;
  passwords: PasswordHasher;
  openSession: OpenSession;
  newId: () => string;
}

interface Registration {
  username: string;
  email: string;
  password: string;
}

export type RegisterUser = (registration: Registration, userAgent: string) => Promise<SignedIn>;

/** Creates an account and signs in. The database decides who was first to a name. */
export function createRegisterUser(deps: RegisterUserDeps): RegisterUser {
  return async ({ username, email, password }, userAgent) => {
    const user: User = {
      id: deps.newId(),
      username,
      email,
      passwordHash: await deps.passwords.hash(password),
      createdAt: deps.clock.now(),
    };
    await deps.storage.createUser(user);
    return deps.openSession(user, userAgent);
  };
}
