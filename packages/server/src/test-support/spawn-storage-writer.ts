import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { StorageOpener } from '../ports/storage-contract/storage-home-contract.js';
import type { Acknowledged } from './storage-writer.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const PROTOCOL = '@chat-playground/sdk/protocol';
/** Inside the package, so that the built file finds the package's dependencies. */
const cache = join(here, '../../node_modules/.cache');

/** Starts the writer on a database, waits for `lines` acknowledgements, and kills it where it is. */
export async function writeUntilKilled(
  opener: StorageOpener,
  ownerId: string,
  lines: number,
): Promise<Acknowledged[]> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'storage-writer-'));
  try {
    await build({
      entry: { writer: join(here, 'storage-writer.ts') },
      outDir: folder,
      format: 'esm',
      target: 'node20',
      // Its sources: a build of it may be old, or just being made.
      noExternal: [PROTOCOL],
      esbuildOptions: (options) => {
        options.alias = { [PROTOCOL]: join(here, '../../../sdk/src/protocol/index.ts') };
      },
      outExtension: () => ({ js: '.mjs' }),
      config: false,
      dts: false,
      silent: true,
    });
    const argument = JSON.stringify({ opener, ownerId });
    const child = spawn(process.execPath, [join(folder, 'writer.mjs'), argument], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return await collectThenKill(child, lines);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collectThenKill(child: ChildProcess, lines: number): Promise<Acknowledged[]> {
  if (!child.stdout) throw new Error('The writer has no stdout.');
  const closed = once(child, 'close');
  const acknowledged: Acknowledged[] = [];
  // Lines that were on their way when it died count too: the writer had been told.
  for await (const line of createInterface({ input: child.stdout })) {
    if (isWhole(line)) acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === lines) child.kill('SIGKILL');
  }
  await closed;
  if (acknowledged.length < lines) throw new Error('The storage writer died before it was killed.');
  return acknowledged;
}

/** The kill may cut the last line. */
function isWhole(line: string): boolean {
  return line.endsWith('}');
}
