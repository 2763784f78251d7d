import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Image } from './build-image.js';

/** Between two looks at the health of what starts; compose takes a second. */
const LOOK_EVERY_MS = 250;
const HEALTH_TIMEOUT_MS = 120_000;

export interface RunningService {
  /** All it has written. */
  log(): string;
  /** As `docker stop` does it. @returns the exit code */
  stop(): Promise<number | null>;
}

type Environment = Record<string, string>;

/** What a container of an image gets: nothing of ours, and its user where we may choose one. */
function optionsOf(image: Image, environment: Environment) {
  const [uid, gid] = image.user.split(':').map(Number);
  return {
    cwd: join(image.root, image.workdir),
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...environment },
    ...(process.getuid?.() === 0 && uid && gid ? { uid, gid } : {}),
  };
}

/** Starts what the image's CMD says. @throws Error with its log when it ends before it is healthy */
export async function runService(image: Image, environment: Environment): Promise<RunningService> {
  const [command = '', ...args] = image.command;
  const child = spawn(command, args, {
    ...optionsOf(image, environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (log += String(chunk)));
  const service = {
    log: () => log,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
  await becomesHealthy(image, environment, child, service);
  return service;
}

async function becomesHealthy(
  image: Image,
  environment: Environment,
  child: ChildProcess,
  { log, stop }: RunningService,
): Promise<void> {
  const until = Date.now() + HEALTH_TIMEOUT_MS;
  while (!(await isHealthy(image, environment))) {
    if (child.exitCode === null && Date.now() < until) {
      // The image's own rhythm: its health is asked for, never waited for.
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      continue;
    }
    await stop();
    throw new Error(`It did not become healthy:\n${log()}`);
  }
}

/** Whether the image's HEALTHCHECK says so. */
export function isHealthy(image: Image, environment: Environment): Promise<boolean> {
  const [command = '', ...args] = image.healthcheck;
  return new Promise((resolve) => {
    execFile(command, args, optionsOf(image, environment), (error) => resolve(error === null));
  });
}
