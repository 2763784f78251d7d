import type { Socket } from 'socket.io-client';
import type { ChatClient } from '../chat-client.js';
import { ChatError } from '../errors/chat-error.js';
import { apiRoot, type Authorizer } from '../http/http-client.js';
import { asRecord, isErrorCode } from '../http/error-from.js';
import { ERROR_STATUS } from '../protocol/error-codes.js';
import { REALTIME_EVENTS, type RealtimeEvent } from '../protocol/realtime-events.js';
import { API_PREFIX, REALTIME_PATH } from '../protocol/wire-names.js';
import { createListeners } from './listeners.js';
import type { ConnectionStatus, Realtime } from './realtime.js';

/** Waits between tries after the server itself refused or ended the connection. */
const REFUSED_DELAY_MS = 1_000;
const MAX_REFUSED_DELAY_MS = 30_000;

export interface RealtimeOptions {
  /** The server's address; the websocket is below it. */
  url: string;
  authorizer: Authorizer;
  auth: Pick<ChatClient['auth'], 'source' | 'session' | 'onSessionChange'>;
}

/** The only importer of socket.io-client, which it loads on the first `connect`. */
export function createRealtime({ url, authorizer, auth }: RealtimeOptions): Realtime {
  const events = createListeners<RealtimeEvent>();
  const statuses = createListeners<ConnectionStatus>();
  let status: ConnectionStatus = 'idle';
  let live: { socket: Socket; end: () => void } | null = null;
  let opening: Promise<void> | null = null;
  let generation = 0;

  const setStatus = (next: ConnectionStatus) => {
    if (next === status) return;
    status = next;
    statuses.emit(next);
  };

  async function open(): Promise<void> {
    if (live) return firstOutcome(live.socket);
    const own = (generation += 1);
    setStatus('connecting');
    const { io } = await import('socket.io-client').catch((cause: unknown) => {
      setStatus('offline');
      throw unreachable('The live connection could not be loaded.', cause);
    });
    if (own !== generation) throw unreachable('The live connection was ended while it opened.');
    const { origin, path } = locate(url);
    const socket = io(origin, {
      path,
      // A websocket first; long polling where proxies do not let it through.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      autoConnect: false,
      forceNew: true,
      auth: (done) => {
        authorizer.token().then(
          (token) => done({ token }),
          // Offline: the handshake fails like the refresh did, and is tried again.
          () => done({}),
        );
      },
    });
    for (const event of REALTIME_EVENTS) {
      socket.on(event, (data: unknown) => events.emit({ event, data } as RealtimeEvent));
    }
    live = { socket, end: followSocket(socket, { setStatus, authorizer }) };
    return firstOutcome(socket);
  }

  const disconnect = () => {
    generation += 1;
    live?.end();
    live = null;
    opening = null;
    setStatus('idle');
  };

  let userId = auth.session()?.user.user_id;
  auth.onSessionChange((session) => {
    // Someone else signed in, or nobody is: the connection belongs to the one before.
    if (session?.user.user_id !== userId) disconnect();
    userId = session?.user.user_id;
  });

  return {
    connect: () => {
      if (auth.source === 'storage' && !auth.session()) {
        const message = 'The live connection needs a signed-in user. Call auth.login first.';
        return Promise.reject(
          new ChatError(message, { code: 'unauthenticated', retryable: false }),
        );
      }
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

/**
 * Keeps the status and connects again where socket.io by itself does not: after the server refused
 * the token or ended the connection because the token had expired. @returns the removal
 */
function followSocket(
  socket: Socket,
  {
    setStatus,
    authorizer,
  }: { setStatus: (status: ConnectionStatus) => void; authorizer: Authorizer },
): () => void {
  let delayMs = REFUSED_DELAY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  const again = () => {
    timer = setTimeout(() => {
      setStatus('connecting');
      socket.connect();
    }, delayMs);
    delayMs = Math.min(MAX_REFUSED_DELAY_MS, delayMs * 2);
  };
  socket.on('connect', () => {
    delayMs = REFUSED_DELAY_MS;
    setStatus('online');
  });
  socket.on('disconnect', () => {
    setStatus('offline');
    if (!socket.active && !isEnded) again();
  });
  socket.on('connect_error', (refusal) => {
    setStatus('offline');
    // Active means that socket.io tries again by itself: the server could not be reached.
    if (socket.active || isEnded) return;
    void renewIfRefused(refusal, authorizer).then(() => (isEnded ? undefined : again()));
  });
  socket.connect();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    socket.disconnect();
    socket.removeAllListeners();
  };
}

/** Whether or not this brings a new token, the next handshake asks for it. */
async function renewIfRefused(refusal: Error, authorizer: Authorizer): Promise<void> {
  const code = asRecord((refusal as { data?: unknown }).data)?.code;
  if (!isErrorCode(code) || ERROR_STATUS[code] !== 401) return;
  try {
    await authorizer.renew(await authorizer.token());
  } catch {
    // Offline now; the next try of the connection comes by here again.
  }
}

/** Settles with the first try; later ones are told through the status alone. */
function firstOutcome(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', (cause) =>
      reject(
        unreachable('The live connection could not be opened yet; it is being tried again.', cause),
      ),
    );
  });
}

function unreachable(message: string, cause?: unknown): ChatError {
  return new ChatError(message, { code: 'network', retryable: true, cause });
}

/** A server below a path keeps its websocket below the same path. */
function locate(url: string): { origin: string; path: string } {
  const { origin, pathname } = new URL(apiRoot(url));
  return { origin, path: pathname.slice(0, -API_PREFIX.length) + REALTIME_PATH };
}
