import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const PACKAGES = ['sdk', 'widget', 'server'] as const;

/** What `npm run` tells its children of this repository; another project's npm must not hear it. */
const OF_THIS_REPOSITORY =
  /^(?:npm_(?:package|lifecycle|config_local_prefix|config_workspace)|INIT_CWD|NODE_ENV|NODE_PATH|VITEST)/;

/** The environment of someone in another folder, who never ran anything of this repository. */
export function outsideEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THIS_REPOSITORY.test(name));
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  return { ...(Object.fromEntries(kept) as Record<string, string>), PATH: path };
}

/** Runs a program to its end. @returns what it printed @throws with all it said when it fails */
export async function runOutside(folder: string, file: string, ...args: string[]): Promise<string> {
  try {
    const options = { cwd: folder, env: outsideEnvironment() };
    return (await promisify(execFile)(file, args, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & Record<string, string>;
    throw new Error(`${args.join(' ')} failed: ${message}\n${stdout}${stderr}`, { cause: error });
  }
}
