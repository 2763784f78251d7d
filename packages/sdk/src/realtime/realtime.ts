import type { RealtimeEvent } from '../protocol/index.js';

export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'offline';

/**
 * The live connection. It follows the session: new tokens are used, signing out ends it. The tabs
 * of a browser that share a session share one, where the browser has Web Locks.
 */
export interface Realtime {
  connect(): Promise<void>;
  /** Ends it for this client; tabs that share it keep it. */
  disconnect(): void;
  status(): ConnectionStatus;
  /** @returns the removal */
  onEvent(listener: (event: RealtimeEvent) => void): () => void;
  /**
   * Every change of status. `online` means: from now on you are told; catch up with what happened
   * before. @returns the removal
   */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
}
