import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { bundleDirectory } from './bundle.js';

const TYPES = { '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves the bundled pages on loopback: `/<name>.html` runs the page of that name, and every path
 * in `routes` is answered by its function.
 *
 * @param {Record<string, (request: import('node:http').IncomingMessage,
 *   response: import('node:http').ServerResponse) => unknown>} routes
 */
export async function servePages(routes) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const route = routes[pathname];
    if (route) return void route(request, response);
    const page = /^\/([\w-]+)\.html$/.exec(pathname);
    if (page) return void response.setHeader('content-type', 'text/html').end(pageOf(page[1]));
    serveFile(pathname, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pageOf(name) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
<link rel="icon" href="data:,">
<style>html, body { height: 100%; margin: 0; font: 16px/1.5 sans-serif } #root { height: 100vh }</style>
<div id="root"></div>
<script type="module" src="/${name}.js"></script>
</html>`;
}

function serveFile(pathname, response) {
  const file = join(bundleDirectory, normalize(pathname));
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
}
