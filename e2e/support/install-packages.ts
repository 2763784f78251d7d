import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs what a folder's lock file names, unless that was done since the lock file changed.
 *
 * @returns why it could not, in one line; null when all is there. With CI set it throws instead.
 */
export function installPackages(folder: string): string | null {
  const done = join(folder, 'node_modules/.package-lock.json');
  const isCurrent =
    existsSync(done) &&
    statSync(done).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
  if (isCurrent) return null;
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
    return null;
  } catch (cause) {
    if (process.env.CI) throw cause;
    return `npm ci in ${folder} failed; run it there to see why`;
  }
}
