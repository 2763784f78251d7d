import { fileURLToPath } from 'node:url';
import { run } from './run.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds those packages whose sources changed since their last build (wireit compares them), and
 * ends the process with the build's own exit code if one fails.
 *
 * @param {Record<string, string>} [env] variables in addition to the present ones
 */
export async function buildWhatIsStale(env = {}) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = await run(npm, ['run', '--silent', 'build'], {
    cwd: root,
    env: { ...process.env, WIREIT_LOGGER: 'quiet', ...env },
    shell: process.platform === 'win32',
  });
  if (code !== 0) process.exit(code);
}
