import { io, type Socket } from 'socket.io-client';
import { apiRoot, type Authorizer } from '../http/http-client.js';
import { asRecord, isErrorCode } from '../http/error-from.js';
import { ERROR_STATUS } from '../protocol/error-codes.js';
import type { StreamEvent } from '../protocol/index.js';
import { API_PREFIX, REALTIME_PATH, REPLY_EVENTS, REPLY_STREAMS } from '../protocol/wire-names.js';
import type { ConnectionStatus } from './realtime.js';

/** A websocket that is let through opens within this. */
const STREAM_TIMEOUT_MS = 5_000;
/** Waits between tries after the server itself refused or ended the connection. */
const REFUSED_DELAY_MS = 1_000;
const MAX_REFUSED_DELAY_MS = 30_000;

/** Makes a socket that asks for a current token at every handshake; it is not connected yet. */
export function openSocket(url: string, authorizer: Authorizer): Socket {
  const { origin, path } = locate(url);
  return io(origin, {
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
}

/**
 * Connects, tells the status, and connects again where socket.io by itself does not: after the
 * server refused the token, or ended the connection because the token had expired.
 *
 * @returns the removal, which ends the connection
 */
export function keepConnected(
  socket: Socket,
  authorizer: Authorizer,
  setStatus: (status: ConnectionStatus) => void,
): () => void {
  let delayMs = REFUSED_DELAY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  const again = () => {
    if (isEnded) return;
    timer = setTimeout(() => socket.connect(), delayMs);
    delayMs = Math.min(MAX_REFUSED_DELAY_MS, delayMs * 2);
  };
  socket.on('connect', () => {
    delayMs = REFUSED_DELAY_MS;
    setStatus('online');
  });
  socket.on('disconnect', () => {
    setStatus('offline');
    if (!socket.active) again();
  });
  socket.on('connect_error', (refusal) => {
    setStatus('offline');
    // Active means that socket.io tries again by itself: the server could not be reached.
    if (!socket.active) void renewIfRefused(refusal, authorizer).then(again);
  });
  socket.connect();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    socket.removeAllListeners();
    socket.disconnect();
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

interface StreamListener {
  onOpen: () => void;
  onEvents: (events: readonly StreamEvent[], taken?: () => void) => void;
  onEnd: () => void;
  /** @param refusal what the server said; undefined when it was not reached */
  onRefused: (refusal: unknown) => void;
}

/** Opens a socket that carries one reply's stream, by websocket or not at all. */
export function openStreamSocket(url: string, auth: Readonly<Record<string, unknown>>) {
  const { origin, path } = locate(url);
  const socket = io(origin + REPLY_STREAMS, {
    path,
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: STREAM_TIMEOUT_MS,
    auth,
  });
  return {
    listen({ onOpen, onEvents, onEnd, onRefused }: StreamListener) {
      socket.on('connect', onOpen).on(REPLY_EVENTS, onEvents).on('disconnect', onEnd);
      socket.on('connect_error', (error) => {
        onRefused((error as { data?: unknown }).data);
        socket.disconnect();
      });
      socket.connect();
    },
    disconnect: () => void socket.disconnect(),
  };
}

/** A server below a path keeps its websocket below the same path. */
function locate(url: string): { origin: string; path: string } {
  const { origin, pathname } = new URL(apiRoot(url));
  return { origin, path: pathname.slice(0, -API_PREFIX.length) + REALTIME_PATH };
}
