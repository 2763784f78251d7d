import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForAddress } from '../support/server-process.js';

export const hostFolder = fileURLToPath(new URL('../../examples/nextjs-host', import.meta.url));

/** The built host as `next start` runs it, with this and nothing else in its environment. */
export function spawnHost(port: number, env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const next = join(hostFolder, 'node_modules/next/dist/bin/next');
  return spawn(process.execPath, [next, 'start', '--port', String(port)], {
    cwd: hostFolder,
    env: {
      PATH,
      HOME,
      NEXT_TELEMETRY_DISABLED: '1',
      // Set, if to nothing: a developer's own .env.local must not be read.
      NEXT_PUBLIC_API_BASE_URL: '',
      NEXT_PUBLIC_API_URL: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @returns how to stop it */
export async function startHost(port: number, apiUrl: string): Promise<() => Promise<void>> {
  const child = spawnHost(port, { NEXT_PUBLIC_API_URL: apiUrl });
  const { exited } = await waitForAddress(child);
  return async () => {
    child.kill();
    await exited;
  };
}
