import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';

export interface TestRedis {
  url: string;
  /** Ends it at once, as a crash would; its port stays its own. */
  kill(): Promise<void>;
  /** Starts it again, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A Redis to test with, in a process of its own. Where there is no `redis-server`, says so in one
 * line and gives null; with `CI` set that is an error, so that nothing is skipped unnoticed.
 */
export async function startTestRedis(args: readonly string[] = []): Promise<TestRedis | null> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-redis-'));
  const port = await freePort();
  let child: ChildProcess;
  try {
    child = await startRedis(folder, port, args);
  } catch (error) {
    await rm(folder, { recursive: true });
    const line = `Redis tests: redis-server could not be started (${String(error)})`;
    if (process.env.CI) throw new Error(line, { cause: error });
    process.stderr.write(`SKIPPED ${line}\n`);
    return null;
  }
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      await kill();
      child = await startRedis(folder, port, args);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startRedis(
  folder: string,
  port: number,
  args: readonly string[],
): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...args],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve());
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`it ended with code ${code}`)));
  });
  return child;
}
