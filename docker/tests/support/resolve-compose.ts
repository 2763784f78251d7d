import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** What docker compose itself reads its files with. */
const LOADER = 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(root, '.cache/compose-go');
const loader = join(cache, 'cmd');

export interface Service {
  image?: string;
  build?: { context: string; dockerfile: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  ports?: { host_ip?: string; published: string; target: number }[];
  networks?: Record<string, unknown>;
  volumes?: { type: string; source: string; target: string }[];
  user?: string;
  restart?: string;
  read_only?: boolean;
  privileged?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
}

/** Says in one line why not; with `CI` set that is an error, so that nothing is skipped unnoticed. */
export function canReadCompose(): boolean {
  if (existsSync(loader)) return true;
  try {
    return execFileSync('go', ['version']).length > 0;
  } catch (error) {
    const line = 'docker-compose.yml: there is no Go to build its loader with';
    if (process.env.CI) throw new Error(line, { cause: error });
    process.stderr.write(`SKIPPED ${line}\n`);
    return false;
  }
}

/**
 * The compose file as docker compose sees it: checked against the specification's schema and for
 * consistency, with the variables filled in from .env.example as `.env`.
 *
 * @throws Error with the loader's words where the file is wrong
 */
export async function resolveCompose(file = join(root, 'docker-compose.yml')): Promise<Compose> {
  if (!existsSync(loader)) {
    await execute('go', ['install', LOADER], { env: { ...process.env, GOBIN: cache } });
  }
  const folder = await mkdtemp(join(tmpdir(), 'compose-'));
  try {
    await cp(file, join(folder, 'docker-compose.yml'));
    await cp(join(root, '.env.example'), join(folder, '.env'));
    const args = ['-format', 'json', '-no-path-resolution', 'docker-compose.yml'];
    const { PATH = '' } = process.env;
    const { stdout } = await execute(loader, args, { cwd: folder, env: { PATH } });
    return JSON.parse(stdout) as Compose;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each service after those it waits for. */
export function startOrder({ services }: Compose): string[] {
  const order: string[] = [];
  const add = (name: string) => {
    Object.keys(services[name]?.depends_on ?? {}).forEach(add);
    if (!order.includes(name)) order.push(name);
  };
  Object.keys(services).forEach(add);
  return order;
}
