import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bar, report, table } from './figures/report.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const packages = fileURLToPath(new URL('../packages/', import.meta.url));
/** Not installed with the others: it brings a native module it does not use in a browser. */
const N8N = '@n8n/chat@1.36.4';
/** What the widget fetches by itself before a signed-in person sees a conversation. */
const CONVERSATION_CHUNKS = /^(define-conversation|open-socket)/;

const playground = ofBuiltFiles(`${packages}widget/dist/playground/`, playgroundEntry());
const standalone = ofBuiltFiles(
  `${packages}widget/dist/standalone/`,
  `${packages}widget/dist/standalone/chat-playground.js`,
);
const sdk = `${packages}sdk/dist/index.js`;
const client = await ofModule(`export { createChatClient } from ${JSON.stringify(sdk)}`);
const stores = await ofModule(
  `export { createChatClient, createChatStores } from ${JSON.stringify(sdk)}`,
);
const rows = [
  { name: 'Chat Playground, its page', ...playground },
  { name: 'Chat Playground, one script tag', ...standalone },
  { name: 'SDK: client', ...client },
  { name: 'SDK: client and stores', ...stores },
  { name: 'deep-chat 2.4.2', ...(await ofModule("import 'deep-chat'")) },
  {
    name: 'assistant-ui 0.15.21 with markdown and React 19',
    ...(await ofModule(readFileSync(`${here}pages/assistant-ui.js`, 'utf8'), `${here}pages`)),
  },
  { name: N8N, ...ofPackedFile(N8N, 'package/dist/chat.bundle.es.js') },
];

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
report('size', {
  tables: [
    table(
      ['JavaScript, kB gzip', 'at first', 'with a conversation on screen', 'everything'],
      rows.map(({ name, first, conversation, all }) => [
        name,
        ...[first, conversation, all].map(kilobytes),
      ]),
    ),
  ],
  bars: [
    bar(60, { what: 'the page at first', value: playground.first / 1000, unit: ' kB' }),
    bar(60, { what: 'the script tag at first', value: standalone.first / 1000, unit: ' kB' }),
    bar(8, { what: 'SDK client', value: client.first / 1000, unit: ' kB' }),
  ],
  data: rows,
});

function playgroundEntry() {
  const folder = `${packages}widget/dist/playground/`;
  const page = readFileSync(`${folder}index.html`, 'utf8');
  const path = /<script[^>]+src="\.\/([^"]+\.js)"/.exec(page)?.[1];
  if (path === undefined) throw new Error(`${folder}index.html names no script; build it first.`);
  return `${folder}${path}`;
}

/** Sizes of what a build has left in a folder. */
function ofBuiltFiles(folder, entry) {
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(folder, name));
  const conversation = files.filter((file) => CONVERSATION_CHUNKS.test(file.split('/').at(-1)));
  return {
    first: sizeOf(withImports([entry])),
    conversation: sizeOf(withImports([entry, ...conversation])),
    all: sizeOf(files),
  };
}

/** These files and what they import other than by asking later. */
function withImports(entries) {
  const pattern = /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]+?from\s*)?["'](\.[^"']+)["']/g;
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(pattern)) {
      visit(resolve(dirname(file), path));
    }
  };
  entries.forEach((entry) => visit(resolve(entry)));
  return [...found];
}

/** Bundles a module for production: what it needs at once in one file, then with all of it. */
async function ofModule(contents, resolveDir = here) {
  const stdin = { contents, resolveDir, loader: 'js' };
  const first = await bundledSize({ stdin, plugins: [leaveLaterImports] });
  const all = await bundledSize({ stdin });
  return { first, conversation: all, all };
}

const leaveLaterImports = {
  name: 'leave-later-imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

async function bundledSize(options) {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles.reduce((bytes, { contents }) => bytes + gzippedSize(contents), 0);
}

/** The size of one file of a published package. */
function ofPackedFile(name, path) {
  const folder = join(here, 'dist', 'packed');
  mkdirSync(folder, { recursive: true });
  const options = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  const packed = execFileSync('npm', ['pack', '--silent', name], options).trim();
  execFileSync('tar', ['xzf', packed, path], { cwd: folder });
  const size = sizeOf([join(folder, path)]);
  return { first: size, conversation: size, all: size };
}

function sizeOf(files) {
  return files.reduce((bytes, file) => bytes + gzippedSize(readFileSync(file)), 0);
}

function gzippedSize(contents) {
  return gzipSync(contents, { level: 9 }).length;
}
