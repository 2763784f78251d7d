import type { Server as HttpServer } from 'node:http';
import { REALTIME_PATH, type ErrorCode, type RealtimeEvent } from '@chat-playground/sdk/protocol';
import { Server } from 'socket.io';
import { refusalOf, type AllowedHosts } from '../domain/allowed-hosts.js';
import type { AllowedOrigins } from '../domain/allowed-origins.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { Clock } from '../ports/clock.js';
import { authenticateSocket } from './authenticate-socket.js';
import { serveReplyStreams, type ReplyStreamsDeps } from './reply-streams.js';

/** Clients have nothing to say beyond their token. */
const MAX_MESSAGE_BYTES = 16 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface GatewayDeps extends ReplyStreamsDeps {
  httpServer: HttpServer;
  origins: AllowedOrigins;
  hosts: AllowedHosts;
  clock: Clock;
}

export interface RealtimeGateway extends Broadcaster {
  /** Breaks every connection; clients come back by themselves, and are looked at again. */
  reconnectAll(): void;
  /** Ends every connection and stops the HTTP server from taking new ones. */
  close(): Promise<void>;
}

type NoEvents = Record<string, never>;
type ServerEvents = {
  [Event in RealtimeEvent as Event['event']]: (data: Event['data']) => void;
} & {
  /** Why the connection is about to be closed: `token_expired` means come back with a fresh one. */
  disconnect_reason: (reason: { code: ErrorCode }) => void;
};

type Io = Server<NoEvents, ServerEvents, NoEvents, object>;

const roomOfUser = (userId: string) => `user:${userId}`;
const roomOfSession = (sessionId: string) => `session:${sessionId}`;

/**
 * Live facts for the owner's connections. A socket is in the rooms of its own user and session,
 * which the server put it into; it can join no other, and what it sends is not listened to.
 */
export function createRealtimeGateway(deps: GatewayDeps): RealtimeGateway {
  const io = createIo(deps);
  const { authenticate, logger } = deps;

  io.use((socket, next) => {
    authenticateSocket(socket, authenticate, logger).then(({ caller, refusal }) => {
      if (!caller) return next(refusal);
      // Joined before the session is looked at again below, so that a sign-out in between either
      // finds the socket here or is found by that look.
      void socket.join([roomOfUser(caller.userId), roomOfSession(caller.sessionId)]);
      const leftMs = caller.expiresAt - deps.clock.now();
      const timer = setTimeout(() => disconnect(io, socket.id, 'token_expired'), leftMs);
      socket.once('disconnect', () => clearTimeout(timer));
      return next();
    }, next);
  });
  io.on('connection', (socket) => {
    void authenticateSocket(socket, authenticate, logger).then(({ refusal }) => {
      if (refusal) disconnect(io, socket.id, refusal.data.code);
    });
  });

  serveReplyStreams(io, deps);

  return {
    publish(userId, { event, data }) {
      // The pair is one of the union's, which overloads by event name cannot see.
      (io.to(roomOfUser(userId)).emit as (event: string, data: unknown) => boolean)(event, data);
    },
    disconnectSession: (sessionId) => disconnect(io, roomOfSession(sessionId), 'session_revoked'),
    reconnectAll() {
      // Closed beneath socket.io: a disconnection by the server is one clients do not come back from.
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
    },
    close: () => io.close(),
  };
}

function createIo({ httpServer, origins, hosts }: GatewayDeps): Io {
  return new Server(httpServer, {
    path: REALTIME_PATH,
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: HANDSHAKE_TIMEOUT_MS,
    cors: ({ headers }, decide) =>
      decide(null, { origin: origins.isAllowed(headers.origin, headers.host) }),
    allowRequest: ({ headers }, decide) => {
      if (!hosts.isAllowed(headers.host)) return decide(refusalOf(headers.host), false);
      const isAllowed = origins.isAllowed(headers.origin, headers.host);
      decide(isAllowed ? null : 'origin not allowed', isAllowed);
    },
  });
}

function disconnect(io: Io, room: string, code: ErrorCode): void {
  io.in(room).emit('disconnect_reason', { code });
  io.in(room).disconnectSockets(true);
}
