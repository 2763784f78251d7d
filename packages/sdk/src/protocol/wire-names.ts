/** Where every endpoint lives, in front of its path. */
export const API_PREFIX = '/api';
/** Request header that makes a send repeatable: the same key never makes two replies. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';
/** Response header that names the request; the same id is in every error body and log line. */
export const REQUEST_ID_HEADER = 'x-request-id';
/** Path of the websocket (socket.io). Its handshake carries `auth: { token }`. */
export const REALTIME_PATH = '/api/ws';
/**
 * Namespace of sockets that each carry one reply's stream, for readers whose browser has no connection
 * left for it. The handshake's `auth` is the token and what the endpoint of streams takes.
 */
export const REPLY_STREAMS = '/streams';
/** Events of such a stream, in order, to be acknowledged when taken; none of them: a heartbeat. */
export const REPLY_EVENTS = 'reply_events';
