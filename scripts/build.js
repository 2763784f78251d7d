import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A build with nothing to do is done before this; one that takes longer is announced. */
const QUIET_MS = 1500;

/**
 * Builds those packages whose sources changed since their last build (wireit compares them). Says
 * nothing when there was nothing to do; ends the process with the build's words if it fails.
 */
export async function buildWhatIsStale() {
  const isWindows = process.platform === 'win32';
  const child = spawn(isWindows ? 'npm.cmd' : 'npm', ['run', '--silent', 'build'], {
    cwd: root,
    env: { ...process.env, WIREIT_LOGGER: 'quiet-ci' },
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stdout.on('data', (chunk) => (words += chunk));
  child.stderr.on('data', (chunk) => (words += chunk));
  const announcement = setTimeout(() => {
    console.log('Building what is new: about a minute the first time, nothing the next …');
  }, QUIET_MS);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(announcement);
  if (code === 0) return;
  console.error(words);
  process.exit(code ?? 1);
}
