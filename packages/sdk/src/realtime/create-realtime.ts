import type { Socket } from 'socket.io-client';
import type { ChatClient } from '../chat-client.js';
import { ChatError } from '../errors/chat-error.js';
import type { Authorizer } from '../http/http-client.js';
import { REALTIME_EVENTS, type RealtimeEvent } from '../protocol/realtime-events.js';
import { createListeners } from './listeners.js';
import type { ConnectionStatus, Realtime } from './realtime.js';

export interface RealtimeOptions {
  /** The server's address; the websocket is below it. */
  url: string;
  authorizer: Authorizer;
  auth: Pick<ChatClient['auth'], 'source' | 'session' | 'onSessionChange'>;
}

/** The live connection; socket.io-client is loaded by the first `connect`. */
export function createRealtime({ url, authorizer, auth }: RealtimeOptions): Realtime {
  const events = createListeners<RealtimeEvent>();
  const statuses = createListeners<ConnectionStatus>();
  let status: ConnectionStatus = 'idle';
  let live: { socket: Socket; end: () => void } | null = null;
  let opening: Promise<void> | null = null;
  /** Counts disconnects, for a socket that was still being loaded then. */
  let generation = 0;

  const setStatus = (next: ConnectionStatus) => {
    if (next === status) return;
    status = next;
    statuses.emit(next);
  };

  async function open(): Promise<void> {
    if (live) return firstOutcome(live.socket);
    const own = generation;
    setStatus('connecting');
    // Loaded now rather than with the page: it weighs more than the rest of the SDK.
    const { openSocket, keepConnected } = await import('./open-socket.js').catch((cause) => {
      if (own === generation) setStatus('offline');
      throw unreachable('The live connection could not be loaded.', cause);
    });
    if (own !== generation) throw unreachable('The live connection was ended while it opened.');
    const socket = openSocket(url, authorizer);
    for (const event of REALTIME_EVENTS) {
      socket.on(event, (data: unknown) => events.emit({ event, data } as RealtimeEvent));
    }
    live = { socket, end: keepConnected(socket, authorizer, setStatus) };
    return firstOutcome(socket);
  }

  const disconnect = () => {
    generation += 1;
    live?.end();
    live = null;
    opening = null;
    setStatus('idle');
  };
  disconnectWithSession(auth, disconnect);

  return {
    connect: () => {
      if (auth.source === 'storage' && !auth.session()) return Promise.reject(signedOut());
      if (status === 'online') return Promise.resolve();
      if (opening) return opening;
      const attempt = open().finally(() => {
        if (opening === attempt) opening = null;
      });
      opening = attempt;
      return attempt;
    },
    disconnect,
    status: () => status,
    onEvent: events.add,
    onStatus: statuses.add,
  };
}

/** When someone else signed in, or nobody is, the connection belongs to the one before. */
function disconnectWithSession(auth: RealtimeOptions['auth'], disconnect: () => void): void {
  let userId = auth.session()?.user.user_id;
  auth.onSessionChange((session) => {
    if (session?.user.user_id !== userId) disconnect();
    userId = session?.user.user_id;
  });
}

/** Settles with the next try; later ones are told through the status alone. */
function firstOutcome(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (cause) => {
      reject(
        unreachable('The live connection has not opened yet; it is being tried again.', cause),
      );
    });
  });
}

function signedOut(): ChatError {
  const message = 'The live connection needs a signed-in user. Call auth.login first.';
  return new ChatError(message, { code: 'unauthenticated', retryable: false });
}

function unreachable(message: string, cause?: unknown): ChatError {
  return new ChatError(message, { code: 'network', retryable: true, cause });
}
