import { asRecord } from '../http/error-from.js';
import { REALTIME_EVENTS, type RealtimeEvent } from '../protocol/realtime-events.js';
import type { ConnectionStatus } from './realtime.js';

/** What tabs that share a connection say to one another. */
export type TabMessage =
  /** Asks the tab that leads for its status. */
  | { kind: 'who-leads' }
  /** These are said by the tab that leads. */
  | { kind: 'status'; status: ConnectionStatus }
  | { kind: 'event'; event: RealtimeEvent };

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

const STATUSES: readonly unknown[] = ['connecting', 'online', 'offline'];

/**
 * Opens the channel of this name to the other tabs.
 *
 * @param onMessage is not called with what this tab itself has posted
 */
export function openTabChannel(name: string, onMessage: (message: TabMessage) => void): TabChannel {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data);
    if (message) onMessage(message);
  };
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

/** Another tab may run an older or a newer version: null for what this one does not know. */
function readMessage(data: unknown): TabMessage | null {
  const message = asRecord(data);
  switch (message?.kind) {
    case 'who-leads':
      return { kind: 'who-leads' };
    case 'status':
      return STATUSES.includes(message.status)
        ? { kind: 'status', status: message.status as ConnectionStatus }
        : null;
    case 'event': {
      const event = asRecord(message.event);
      const isKnown = (REALTIME_EVENTS as readonly unknown[]).includes(event?.event);
      return isKnown ? { kind: 'event', event: event as unknown as RealtimeEvent } : null;
    }
    default:
      return null;
  }
}
