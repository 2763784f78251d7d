import { notFound } from '../domain/domain-error.js';
import type { Caller, User } from '../domain/user.js';
import type { UserStorage } from '../ports/user-storage.js';

export type GetUser = (caller: Caller, userId: string) => Promise<User>;

/** Oneself; anyone else is as absent as no one. @throws DomainError `not_found` */
export function createGetUser({ storage }: { storage: UserStorage }): GetUser {
  return async (caller, userId) => {
    const user = userId === caller.userId ? await storage.findUser(userId) : null;
    if (!user) throw notFound('user');
    return user;
  };
}
