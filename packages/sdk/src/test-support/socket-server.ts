import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { API_PREFIX, REALTIME_PATH } from '../protocol/wire-names.js';

export interface SocketServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Everyone may come in, each into the room of the token they bring. Below `/api`, pages tell it
 * with `?token=` to `emit` a deletion of the chat `?chat_id=` there, to `drop` the connections
 * there, and to answer how many `connections` there are.
 */
export async function startSocketServer(
  options: { transports?: ('polling' | 'websocket')[] } = {},
): Promise<SocketServer> {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server.invalid');
    const room = io.in(searchParams.get('token') ?? '');
    response.setHeader('access-control-allow-origin', '*');
    switch (pathname) {
      case `${API_PREFIX}/emit`:
        room.emit('chat_deleted', { chat_id: searchParams.get('chat_id') });
        return response.end();
      case `${API_PREFIX}/drop`:
        room.disconnectSockets(true);
        return response.end();
      case `${API_PREFIX}/connections`:
        return void room.fetchSockets().then(({ length }) => response.end(String(length)));
      default:
        return response.writeHead(404).end();
    }
  });
  const io = new Server(http, { path: REALTIME_PATH, cors: { origin: '*' }, ...options });
  io.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    if (typeof token !== 'string') return next(new Error('no token'));
    void socket.join(token);
    return next();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  return { url, close: () => io.close() };
}
