import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What wireit prints once a command runs, rather than a check of what is stale. */
const BUILDING = /\[[1-9]\d* running\]/;

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
  const take = (chunk) => {
    const wasBuilding = BUILDING.test(words);
    words += chunk;
    if (wasBuilding || !BUILDING.test(words)) return;
    console.log('Building what is new: about a minute the first time, nothing the next …');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  console.error(words);
  process.exit(code ?? 1);
}
