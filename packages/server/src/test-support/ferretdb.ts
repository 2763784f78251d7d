import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startDatabaseRelay } from './database-relay.js';

const run = promisify(execFile);
const installer = fileURLToPath(new URL('../../scripts/install-ferretdb.sh', import.meta.url));

export interface TestMongo {
  /** Without a database name. */
  uri: string;
  /** Whether it is the stand-in, which knows few of our indexes. */
  isFerretDb: boolean;
  stop(): Promise<void>;
}

/**
 * A MongoDB to test with: the one at `MONGO_URI`, else a FerretDB of our own, built if need be.
 * Where there is neither nor Go to build one, says so in one line and gives null; with `CI` set
 * that is an error, so that nothing is skipped unnoticed.
 */
export async function startTestMongo(): Promise<TestMongo | null> {
  const { MONGO_URI: uri } = process.env;
  if (uri) return { uri, isFerretDb: false, stop: async () => undefined };
  try {
    return await startFerretDb(findFerretDb() ?? (await installFerretDb()));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const line = `MongoDB storage tests: no MONGO_URI, and FerretDB could not be had (${reason})`;
    if (process.env.CI) throw new Error(line, { cause: error });
    process.stderr.write(`SKIPPED ${line}\n`);
    return null;
  }
}

function findFerretDb(): string | undefined {
  const goFolders = [process.env.GOPATH, join(process.env.HOME ?? '', 'go')];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...goFolders.flatMap((folder) => (folder ? [join(folder, 'bin')] : [])),
  ];
  return folders.map((folder) => join(folder, 'ferretdb')).find((file) => existsSync(file));
}

async function installFerretDb(): Promise<string> {
  await run('bash', [installer]);
  const { stdout } = await run('go', ['env', 'GOPATH']);
  return join(stdout.trim(), 'bin', 'ferretdb');
}

async function startFerretDb(binary: string): Promise<TestMongo> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-ferretdb-'));
  const child = spawn(
    binary,
    [
      '--handler=sqlite',
      `--sqlite-url=file:${folder}/`,
      '--listen-addr=127.0.0.1:0',
      '--debug-addr=-',
      '--state-dir=-',
      '--telemetry=disable',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await readPort(child);
  const relay = await startDatabaseRelay({ host: '127.0.0.1', port }, { oneAtATime: true });
  return {
    uri: `mongodb://127.0.0.1:${relay.port}/`,
    isFerretDb: true,
    async stop() {
      await relay.close();
      const exited = once(child, 'exit');
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** It listens on a free port and says which in its log. */
async function readPort(child: ChildProcess): Promise<number> {
  if (!child.stderr) throw new Error('FerretDB has no log.');
  const lines = createInterface({ input: child.stderr });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const port = /Listening on TCP 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`FerretDB exited with code ${code}`)));
  });
}
