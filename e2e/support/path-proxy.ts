import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

export interface PathProxy {
  /** Origin of the proxy, without the path. */
  url: string;
  /** Paths that were asked for outside of the one that leads to the server. */
  strays: string[];
  close(): void;
}

interface Options {
  /** Of the server behind it. */
  upstream: string;
  /** Such as `/tools`. */
  path: string;
  /** Whether the server sees the path as well. */
  keepsPath?: boolean;
}

/** A proxy that shows a server below a path, and nothing beside it. */
export async function startPathProxy({ upstream, path, keepsPath }: Options): Promise<PathProxy> {
  const { hostname, port } = new URL(upstream);
  const strays: string[] = [];
  const toServer = ({ url = '' }: IncomingMessage): string | null => {
    if (url.startsWith(`${path}/`)) return keepsPath ? url : url.slice(path.length);
    strays.push(url);
    return null;
  };
  const server = createServer((incoming, answer) => {
    const target = toServer(incoming);
    if (target === null) return void answer.writeHead(404).end();
    const { method, headers } = incoming;
    const outgoing = request({ hostname, port, path: target, method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  server.on('upgrade', (incoming: IncomingMessage, socket, head) => {
    const target = toServer(incoming);
    if (target === null) return void socket.destroy();
    const outgoing = connect(Number(port), hostname);
    const lines = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`);
    outgoing.write(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    outgoing.write(head);
    outgoing.on('error', () => socket.destroy()).pipe(socket);
    socket.on('error', () => outgoing.destroy()).pipe(outgoing);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    strays,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
