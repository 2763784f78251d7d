import type { Session } from '../domain/session.js';
import type { User } from '../domain/user.js';

export interface UserStorage {
  /** @throws DomainError `email_taken` or `username_taken` (compared without case). */
  createUser(user: User): Promise<void>;
  findUser(userId: string): Promise<User | null>;
  findUserByEmail(email: string): Promise<User | null>;
  /** @returns whether there is such a user */
  updatePasswordHash(userId: string, passwordHash: string): Promise<boolean>;
  /**
   * Removes a user and everything that is the user's: sessions, presets, chats with their messages.
   * All of it is out of reach at once; should the removal be cut short, `purgeChats` finishes it.
   *
   * @returns whether there was such a user
   */
  deleteUser(userId: string): Promise<boolean>;
}

export interface SessionStorage {
  createSession(session: Session): Promise<void>;
  /** Revoked and expired sessions are found too; the caller decides. */
  findSession(sessionId: string): Promise<Session | null>;
  /**
   * Replaces the current token by compare-and-set, remembering the old one as previous.
   *
   * @returns whether `expectedHash` still was the current one and the session not revoked
   */
  rotateSession(rotation: {
    sessionId: string;
    expectedHash: string;
    nextHash: string;
    at: number;
    expiresAt: number;
  }): Promise<boolean>;
  /** @returns whether the session was live until now */
  revokeSession(sessionId: string, at: number): Promise<boolean>;
  /** Those live at `at`, the most recently used first. */
  listSessions(userId: string, live: { at: number; limit: number }): Promise<Session[]>;
  /** Revokes all live sessions of a user but one. @returns the ids of those it revoked */
  revokeOtherSessions(userId: string, keptSessionId: string | null, at: number): Promise<string[]>;
}
