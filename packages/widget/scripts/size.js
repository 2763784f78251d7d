// Measures the JavaScript a browser must have before the widget works: the entry file and what it
// imports statically, gzipped. What is fetched later (languages, markdown, sockets) is told beside.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The bar of the product: initial JavaScript of the whole widget. */
const LIMIT_BYTES = 60_000;

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const STATIC_IMPORT =
  /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]+?from\s*)?["'](\.[^"']+)["']/g;

function withStaticImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    withStaticImports(resolve(dirname(file), path), seen);
  }
  return seen;
}

const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
const sum = (files) => [...files].reduce((bytes, file) => bytes + gzipped(file), 0);

function playgroundEntry() {
  const page = readFileSync(join(dist, 'playground/index.html'), 'utf8');
  const path = /<script[^>]+src="\.\/([^"]+\.js)"/.exec(page)?.[1];
  if (path === undefined) throw new Error('dist/playground/index.html names no script.');
  return join(dist, 'playground', path);
}

function scriptsIn(folder) {
  return readdirSync(join(dist, folder), { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(dist, folder, name));
}

const report = [
  ['playground', playgroundEntry(), scriptsIn('playground')],
  ['standalone', join(dist, 'standalone/chat-playground.js'), scriptsIn('standalone')],
].map(([name, entry, all]) => ({
  name,
  initialBytes: sum(withStaticImports(entry)),
  everythingBytes: sum(all),
}));

for (const { name, initialBytes, everythingBytes } of report) {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  process.stdout.write(
    `${name}: ${kilobytes(initialBytes)} gzip at first (bar ${kilobytes(LIMIT_BYTES)}), ` +
      `${kilobytes(everythingBytes)} with everything it may fetch later\n`,
  );
}
if (report.some(({ initialBytes }) => initialBytes > LIMIT_BYTES)) process.exitCode = 1;
