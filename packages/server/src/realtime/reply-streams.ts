import {
  endpoints,
  REPLY_EVENTS,
  REPLY_STREAMS,
  type StreamEvent,
} from '@chat-playground/sdk/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import { DomainError } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Source } from '../ports/source.js';
import type { Authenticate } from '../use-cases/authenticate.js';
import type { ReadReply } from '../use-cases/read-reply.js';
import { authenticateSocket, HandshakeError } from './authenticate-socket.js';

/** As of streams by HTTP: shorter than the idle limit of the proxies in common use. */
const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so long is gone; one that is not comes back and resumes. */
const TAKEN_WITHIN_MS = 45_000;
/** Events in one packet: what a slow reader makes us hold beyond those. */
const MAX_PACKET_EVENTS = 500;

export interface ReplyStreamsDeps {
  authenticate: Authenticate;
  readReply: ReadReply;
  /** Ends them with their session, like streams by HTTP. */
  liveStreams: { open(sessionId: string, end: () => void): () => void };
  metrics?: Metrics | undefined;
  logger: Logger;
}

/** What a handshake that was let through asked for. */
interface Opened {
  caller: Caller;
  events: Source<StreamEvent>;
  gone: AbortController;
}

type Nothing = DefaultEventsMap;
type StreamSocket = Socket<Nothing, Nothing, Nothing, { opened?: Opened }>;

/**
 * Sockets that each carry one reply to its owner, by the rules of the endpoint of streams: the same
 * token, the same checks, the same events from any number on. What they send is not listened to, but
 * that they have taken what was sent.
 */
export function serveReplyStreams(io: Server, deps: ReplyStreamsDeps): void {
  const streams = io.of(REPLY_STREAMS);
  streams.use((socket: StreamSocket, next) => {
    open(socket, deps).then((opened) => {
      socket.data.opened = opened;
      next();
    }, next);
  });
  streams.on('connection', (socket: StreamSocket) => {
    const { opened } = socket.data;
    if (opened) void run(socket, opened, deps);
  });
}

/** @throws HandshakeError for everything an HTTP request would have been refused for */
async function open(socket: StreamSocket, deps: ReplyStreamsDeps): Promise<Opened> {
  const { caller, refusal } = await authenticateSocket(socket, deps.authenticate, deps.logger);
  if (!caller) throw refusal;
  const request = endpoints.streamReply.query.safeParse(socket.handshake.auth);
  if (!request.success) {
    throw new HandshakeError(new DomainError('invalid_request', 'auth does not name a reply.'));
  }
  const { chat_id: chatId, message_id: messageId, last_event_id: afterSeq = 0 } = request.data;
  const gone = new AbortController();
  const events = await deps
    .readReply(caller, { chatId, messageId, afterSeq }, gone.signal)
    .catch((error: unknown) => {
      throw HandshakeError.of(error, deps.logger);
    });
  return { caller, events, gone };
}

async function run(socket: StreamSocket, opened: Opened, deps: ReplyStreamsDeps): Promise<void> {
  const { caller, events, gone } = opened;
  const { signal } = gone;
  const leave = () => gone.abort();
  socket.once('disconnect', leave);
  const forget = deps.liveStreams.open(caller.sessionId, leave);
  const endCount = deps.metrics?.countStream();
  const heartbeat = setInterval(() => socket.emit(REPLY_EVENTS, []), HEARTBEAT_MS);
  try {
    // Looked at again: a sign-out since the first look either finds the stream or is found here.
    const { refusal } = await authenticateSocket(socket, deps.authenticate, deps.logger);
    if (!refusal) await events((batch) => (signal.aborted ? undefined : send(socket, batch)));
  } catch (error) {
    if (!signal.aborted && socket.connected) {
      deps.logger.error({ err: error }, 'a stream by websocket failed');
    }
  } finally {
    clearInterval(heartbeat);
    forget();
    endCount?.();
    leave();
    // Beneath it is a connection of its own. Readers know an ending by its event.
    socket.disconnect(true);
  }
}

/** Nothing more is sent before this was taken, so that a slow reader holds up its own stream alone. */
async function send(socket: StreamSocket, batch: readonly StreamEvent[]): Promise<void> {
  for (let from = 0; from < batch.length; from += MAX_PACKET_EVENTS) {
    const packet = batch.slice(from, from + MAX_PACKET_EVENTS);
    await socket.timeout(TAKEN_WITHIN_MS).emitWithAck(REPLY_EVENTS, packet);
  }
}
