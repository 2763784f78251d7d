import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const KEY_BYTES = 32;
const PARTS = 3;

/** Makes and reads refresh tokens. They look like `<session id>.<secret>.<seal>`. */
export interface RefreshTokens {
  /** The token a new session begins with: random. */
  first(sessionId: string): string;
  /**
   * The token that follows another. The same one each time it is asked for, so that two tabs which
   * present one token at the same moment, or a client that lost the answer, all end up holding the
   * same successor, though only hashes are stored.
   */
  next(token: string): string;
  /** @returns the session a token of ours names; null for anything we did not make */
  sessionOf(token: string): string | null;
  /** What is stored in place of the token. */
  hash(token: string): string;
}

/** @param secret the server's own; keys are derived from it, it is never used as one */
export function createRefreshTokens(secret: string): RefreshTokens {
  const successorKey = deriveKey(secret, 'refresh token successor');
  const sealKey = deriveKey(secret, 'refresh token seal');
  const seal = (body: string) => createHmac('sha256', sealKey).update(body).digest('base64url');
  const assemble = (sessionId: string, tokenSecret: string) => {
    const body = `${sessionId}.${tokenSecret}`;
    return `${body}.${seal(body)}`;
  };

  return {
    first: (sessionId) => assemble(sessionId, randomBytes(SECRET_BYTES).toString('base64url')),
    next: (token) =>
      assemble(
        token.slice(0, token.indexOf('.')),
        createHmac('sha256', successorKey).update(token).digest('base64url'),
      ),
    sessionOf(token) {
      const parts = token.split('.');
      const [sessionId, tokenSecret, given] = parts;
      if (parts.length !== PARTS || !sessionId || !tokenSecret || !given) return null;
      return isSame(given, seal(`${sessionId}.${tokenSecret}`)) ? sessionId : null;
    },
    hash: (token) => createHash('sha256').update(token).digest('hex'),
  };
}

function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
}

function isSame(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
