/** A sign-in on one device: a family of refresh tokens of which only the newest is good. */
export interface Session {
  id: string;
  userId: string;
  /** SHA-256 of the current refresh token, hex. */
  tokenHash: string;
  /** The one before it, accepted for a few seconds after `rotatedAt` (racing tabs). */
  previousTokenHash: string | null;
  rotatedAt: number;
  userAgent: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
  revokedAt: number | null;
}
