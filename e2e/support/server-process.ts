import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A server as `npm start` runs it, in a process and a data folder of its own. */
export interface ServerProcess {
  /** Origin of the playground. */
  url: string;
  dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** Asks it to end and waits until it has. @returns the exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

interface Options {
  env?: Record<string, string>;
  /** Kept when given; else a temporary one is made and removed at the end. */
  dataDir?: string;
}

/** Variables of the one who runs the tests must not reach the server: keys, ports, secrets. */
function cleanEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

const optionsFor = (env: Record<string, string>): SpawnOptions => ({
  cwd: root,
  env: { ...cleanEnvironment(), PORT: '0', LOCAL_PROVIDERS: 'off', ...env },
  stdio: ['ignore', 'pipe', 'pipe'],
});

/** Starts the built server without waiting for it; see {@link startServer}. */
export function spawnServer(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts/start.js')], optionsFor(env));
}

/** `npm start`, in a process group of its own. */
export function spawnNpmStart(env: Record<string, string>): ChildProcess {
  return spawn('npm', ['start'], { ...optionsFor(env), detached: true });
}

/** Starts the server and waits for the line that says where it is. */
export async function startServer(options: Options = {}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'chat-playground-e2e-'));
  const child = spawnServer({ DATA_DIR: dataDir, ...options.env });
  const { url, output, exited } = await waitForAddress(child);
  return {
    url,
    dataDir,
    output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await exited;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** Waits for the line by which a server says where it is. @throws when it ends without having said it */
export async function waitForAddress(child: ChildProcess): Promise<{
  url: string;
  output: () => string;
  exited: Promise<number | null>;
}> {
  let printed = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      printed += chunk.toString();
      const address = /http:\/\/[\w.:[\]]+/.exec(printed);
      if (address) resolve(address[0]);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    void exited.then((code) => reject(new Error(`the server ended (${code}):\n${printed}`)));
  });
  return { url, output: () => printed, exited };
}
