import { ChatError } from '../errors/chat-error.js';
import type { Authorizer } from '../http/http-client.js';
import { REALTIME_EVENTS, type RealtimeEvent } from '../protocol/realtime-events.js';
import { keepConnected, openSocket } from './open-socket.js';
import type { ConnectionStatus } from './realtime.js';

export interface LiveConnectionOptions {
  /** The server's address; the websocket is below it. */
  url: string;
  authorizer: Authorizer;
  emit: (event: RealtimeEvent) => void;
  setStatus: (status: ConnectionStatus) => void;
}

export interface LiveConnection {
  /** Settles with the next try; later ones are told through the status alone. */
  outcome(): Promise<void>;
  end(): void;
}

/** Opens a connection and keeps it open; loaded on first use together with socket.io-client. */
export function openLiveConnection({
  url,
  authorizer,
  emit,
  setStatus,
}: LiveConnectionOptions): LiveConnection {
  const waiting = createOutcomes();
  const tell = (status: ConnectionStatus) => {
    setStatus(status);
    waiting.settle(status);
  };
  return { outcome: waiting.next, end: connectSocket(url, authorizer, emit, tell) };
}

function connectSocket(
  url: string,
  authorizer: Authorizer,
  emit: (event: RealtimeEvent) => void,
  tell: (status: ConnectionStatus) => void,
): () => void {
  const socket = openSocket(url, authorizer);
  for (const event of REALTIME_EVENTS) {
    socket.on(event, (data: unknown) => emit({ event, data } as RealtimeEvent));
  }
  return keepConnected(socket, authorizer, tell);
}

/** Those who wait for the connection to open, or to fail to. */
function createOutcomes() {
  let waiting: { resolve: () => void; reject: (error: ChatError) => void }[] = [];
  return {
    next: () =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject });
      }),
    settle: (status: ConnectionStatus) => {
      if (status === 'connecting') return;
      const settled = waiting;
      waiting = [];
      for (const { resolve, reject } of settled) {
        if (status === 'online') resolve();
        else reject(notYet());
      }
    },
  };
}

function notYet(): ChatError {
  const message = 'The live connection has not opened yet; it is being tried again.';
  return new ChatError(message, { code: 'network', retryable: true });
}
