import type { RealtimeEvent } from '@chat-playground/sdk/protocol';

/** Tells a user's live connections what happened; never anyone else's. */
export interface Broadcaster {
  publish(userId: string, event: RealtimeEvent): void;
  /** Ends the live connections of one session (logout, revocation). */
  disconnectSession(sessionId: string): void;
}
