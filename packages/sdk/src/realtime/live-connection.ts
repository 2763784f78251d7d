import type { ChatClient } from '../chat-client.js';
import { ChatError } from '../errors/chat-error.js';
import type { Authorizer } from '../http/http-client.js';
import { REALTIME_EVENTS, type RealtimeEvent } from '../protocol/realtime-events.js';
import { keepConnected, openSocket } from './open-socket.js';
import type { ConnectionStatus } from './realtime.js';
import { canShare, shareConnection, type ConnectOwn } from './shared-connection.js';

export interface LiveConnectionOptions {
  /** The server's address; the websocket is below it. */
  url: string;
  authorizer: Authorizer;
  auth: Pick<ChatClient['auth'], 'session'>;
  /** Names what tabs with the same session have in common; without it nothing is shared. */
  lockName?: string | undefined;
  emit: (event: RealtimeEvent) => void;
  setStatus: (status: ConnectionStatus) => void;
}

export interface LiveConnection {
  /** Settles with the next try; later ones are told through the status alone. */
  outcome(): Promise<void>;
  end(): void;
}

/**
 * Opens a connection and keeps it open; loaded on first use together with socket.io-client. It is
 * the connection of whoever is signed in now. Their tabs share one where the browser lets them.
 */
export function openLiveConnection(options: LiveConnectionOptions): LiveConnection {
  const { url, auth, lockName, emit, setStatus } = options;
  const waiting = createOutcomes();
  const userId = auth.session()?.user.user_id;
  // Another tab may have signed in someone else a moment ago: this one hears of that later, but
  // reads it from the storage at once.
  const isStillTheirs = () => auth.session()?.user.user_id === userId;
  const hearer = {
    emit: (event: RealtimeEvent) => {
      if (isStillTheirs()) emit(event);
    },
    tell: (status: ConnectionStatus) => {
      setStatus(status);
      waiting.settle(status);
    },
  };
  const connect = connectFor(options, isStillTheirs);
  const isShared = lockName !== undefined && userId !== undefined && canShare();
  return {
    outcome: waiting.next,
    end: isShared
      ? shareConnection(`cp:live:${lockName}:${url}:${userId}`, connect, hearer)
      : connect(hearer),
  };
}

/** @param isAllowed whether the one it is for is still signed in */
function connectFor(
  { url, authorizer }: LiveConnectionOptions,
  isAllowed: () => boolean,
): ConnectOwn {
  const own: Authorizer = {
    ...authorizer,
    token: async () => {
      const token = await authorizer.token();
      return isAllowed() ? token : null;
    },
  };
  return ({ emit, tell }) => {
    const socket = openSocket(url, own);
    for (const event of REALTIME_EVENTS) {
      socket.on(event, (data: unknown) => {
        if (isAllowed()) emit({ event, data } as RealtimeEvent);
      });
    }
    return keepConnected(socket, own, tell);
  };
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
