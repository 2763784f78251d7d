import { execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPackages } from './support/install-packages.js';
import { startServer, type ServerProcess } from './support/server-process.js';

const runFile = promisify(execFile);
const folder = fileURLToPath(new URL('runtimes', import.meta.url));

/** What the tour tells when all of it worked. */
const FACTS = {
  isSameUser: true,
  hasText: true,
  ending: 'message-end',
  isStoredAsRead: true,
  resumes: true,
  vote: 'upvote',
  liveEvent: 'chat_created',
  found: 1,
  missing: 'not_found',
  aborted: 'aborted',
  stores: 'ready: user, assistant',
};

/** The one package of a scope that npm chose for this system holds the runtime's binary. */
function binaryOf(scope: string, prefix: string, path: string): string {
  const scopeFolder = join(folder, 'node_modules', scope);
  const name = readdirSync(scopeFolder).find((entry) => entry.startsWith(prefix));
  if (!name) throw new Error(`${scope} has no ${prefix}* for ${process.platform} ${process.arch}`);
  return join(scopeFolder, name, path);
}

const noReason = installPackages(folder);
if (noReason) console.log(`Skipped Deno, Bun and workerd: ${noReason}.`);

let server: ServerProcess;
beforeAll(async () => (server = await startServer()));
afterAll(async () => void (await server.stop()));

async function factsOf(binary: string, args: string[] = []): Promise<unknown> {
  const { stdout } = await runFile(binary, [...args, 'run-tour.js', server.url], { cwd: folder });
  return JSON.parse(stdout);
}

it('does the same in Node', async () => {
  expect(await factsOf(process.execPath)).toEqual(FACTS);
});

describe.skipIf(noReason)('does the same in other runtimes', () => {
  it('Deno', async () => {
    const deno = binaryOf('@deno', process.platform, 'deno');
    expect(await factsOf(deno, ['run', '--no-prompt', '--allow-net', '--allow-env'])).toEqual(
      FACTS,
    );
  });

  it('Bun', async () => {
    expect(await factsOf(binaryOf('@oven', 'bun-', 'bin/bun'))).toEqual(FACTS);
  });

  it('workerd, the runtime of an edge network', async () => {
    await bundleWorker();
    const workerd = await startWorkerd();
    try {
      const answer = await fetch(`${workerd.url}/?api=${server.url}`);
      expect(JSON.parse(await answer.text())).toEqual(FACTS);
    } finally {
      await workerd.stop();
    }
  });
});

/** Edge networks take one file; no module of Node's is at hand there, nor may it be asked for. */
async function bundleWorker(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    ssr: { noExternal: true, target: 'webworker' },
    build: {
      ssr: 'worker.js',
      outDir: 'dist',
      rollupOptions: { output: { codeSplitting: false, entryFileNames: 'worker.js' } },
    },
  });
}

async function startWorkerd(): Promise<{ url: string; stop(): Promise<unknown> }> {
  const binary = binaryOf('@cloudflare', 'workerd-', 'bin/workerd');
  const child = spawn(binary, ['serve', 'worker.capnp', '--control-fd=1'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, port } = JSON.parse(line) as { event: string; port: number };
    if (event !== 'listen') continue;
    const stop = (): Promise<unknown> => (child.kill(), exited);
    return { url: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error('workerd ended before it listened');
}
