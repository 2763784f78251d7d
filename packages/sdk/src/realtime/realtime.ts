import type { RealtimeEvent } from '../protocol/index.js';

export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'offline';

/** The live connection. It follows the session: new tokens are used, signing out ends it. */
export interface Realtime {
  connect(): Promise<void>;
  disconnect(): void;
  status(): ConnectionStatus;
  /** @returns the removal */
  onEvent(listener: (event: RealtimeEvent) => void): () => void;
  /** Every change of status; `online` after an outage means: catch up. @returns the removal */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
}
