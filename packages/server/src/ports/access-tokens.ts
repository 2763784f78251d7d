import type { Caller } from '../domain/user.js';

/** What a genuine, unexpired token says. Whether its session still lives is another question. */
export interface VerifiedToken extends Caller {
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Short-lived proof of who calls. */
export interface AccessTokens {
  readonly lifetimeSeconds: number;
  issue(caller: Caller): string;
  /**
   * @throws DomainError `token_expired` when a refresh would help, `unauthenticated` for anything
   *   else that is wrong with it
   */
  verify(token: string): Promise<VerifiedToken>;
}
