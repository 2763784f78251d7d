import type { RealtimeEvent } from '@chat-playground/sdk/protocol';

/**
 * What one node tells the others.
 *
 * - `fact`: something happened that a user's live connections should hear of
 * - `session-ended`: whatever is open for this session must be closed
 * - `stop`: whoever writes this reply, one in this chat, or one of this owner's is to stop
 */
export type NodeMessage =
  | { kind: 'fact'; userId: string; event: RealtimeEvent }
  | { kind: 'session-ended'; sessionId: string }
  | { kind: 'stop'; of: 'reply' | 'chat' | 'owner'; id: string };

/** How the nodes of one server reach each other. A server of one node has none. */
export interface NodeBus {
  /** False while messages reach nobody. */
  readonly isConnected: boolean;
  /** Whether the others can be reached this moment, asked rather than remembered. */
  isAnswering(): Promise<boolean>;
  /** Tells all other nodes; never waits, never throws. Lost while not connected. */
  publish(message: NodeMessage): void;
  /** What the other nodes tell this one. @returns the removal */
  subscribe(handle: (message: NodeMessage) => void): () => void;
  /** Calls back when the connection is there again after a while without: something was missed. */
  onReturn(handle: () => void): () => void;
  /** Leaves the others. */
  close(): Promise<void>;
}
