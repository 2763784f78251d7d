import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
};

export interface StaticServer {
  /** Its origin, by another host name than the servers under test have: another site, not only another port. */
  url: string;
  close(): Promise<void>;
}

/**
 * The plainest of web servers: files of a folder by their paths, and not one header more than it must.
 *
 * @param edit what to make of a page on its way out
 */
export async function serveFolder(
  folder: string,
  edit: (html: string) => string = (html) => html,
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    readFile(join(folder, path)).then(
      (content) => {
        response.writeHead(200, { 'content-type': type });
        response.end(extname(path) === '.html' ? edit(content.toString('utf8')) : content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://localhost:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
