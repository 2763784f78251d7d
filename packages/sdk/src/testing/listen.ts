import type { ReplayServer } from './replay-server.js';

export interface ListeningReplay {
  /** For `baseUrl`. */
  url: string;
  close(): Promise<void>;
}

/**
 * Puts a replay server on a port of its own (Node only), for clients that need a real connection.
 *
 * @returns its address and how to end it
 */
export async function listenReplay(server: ReplayServer): Promise<ListeningReplay> {
  const [{ createServer }, { Readable }] = await Promise.all([
    import('node:http'),
    import('node:stream'),
  ]);
  const http = createServer((incoming, outgoing) => {
    const method = incoming.method ?? 'GET';
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const request = new Request(`http://localhost${incoming.url ?? '/'}`, {
      method,
      headers: headersOf(incoming.headers),
      ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
    });
    void server.fetch(request).then((response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      if (!response.body) return outgoing.end();
      const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
      // A cut stream tears the socket down, as a broken connection does.
      body.on('error', () => outgoing.destroy());
      outgoing.on('close', () => body.destroy());
      return body.pipe(outgoing);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function headersOf(headers: NodeJS.Dict<string | string[]>): Headers {
  const copy = new Headers();
  for (const [name, value] of Object.entries(headers)) copy.set(name, String(value));
  return copy;
}
