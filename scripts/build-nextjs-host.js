import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.js';

const folder = join(root, 'examples/nextjs-host');
/** Holds the lock file's hash at the last installation. */
const stamp = join(folder, 'node_modules/.installed-lock');

/**
 * Installs the Next.js example (when its lock file changed) and builds it (when it or the packages it
 * shows changed). It is no workspace: most who build this repository have no use for its packages.
 *
 * @returns {string | null} why it could not be built; null when it was
 */
export function buildNextjsHost() {
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
  const hash = lock.digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    if (!npm(folder, 'ci', '--no-audit', '--no-fund')) return 'its packages could not be installed';
    writeFileSync(stamp, hash);
  }
  return npm(root, 'run', 'build:nextjs-host') ? null : 'it could not be built';
}

/** @returns {boolean} whether it worked; what npm said is shown if not */
function npm(cwd, ...args) {
  const isWindows = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync(isWindows ? 'npm.cmd' : 'npm', args, {
    cwd,
    // The output is large and found in place: a second copy of it in wireit's cache saves nothing.
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', WIREIT_CACHE: 'none' },
    encoding: 'utf8',
    shell: isWindows,
  });
  if (status !== 0) console.error(error?.message ?? stdout + stderr);
  return status === 0;
}
