import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

export interface ForwardProxy {
  /** What goes into HTTPS_PROXY, with a user and a password. */
  address: string;
  /** What it was asked for, in order. */
  asked: { what: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

/**
 * A proxy as companies have them: takes whole addresses and CONNECT, and leads every host to this
 * machine.
 *
 * @param refuseWith status it answers everything with, instead of passing it on
 */
export async function startForwardProxy(refuseWith?: number): Promise<ForwardProxy> {
  const asked: ForwardProxy['asked'] = [];
  const server = createServer((incoming, response) => {
    asked.push({ what: `${incoming.method} ${incoming.url}`, headers: incoming.headers });
    if (refuseWith !== undefined) {
      response.writeHead(refuseWith).end();
      return;
    }
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = request({ port, path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  server.on('connect', ({ url, headers }, socket) => {
    asked.push({ what: `CONNECT ${url}`, headers });
    if (refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${refuseWith} No\r\nContent-Length: 6\r\n\r\nsecret`);
      return;
    }
    const onward = connect(Number(url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://who:hunter2@127.0.0.1:${port}`,
    asked,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
