import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.js';
import { run } from './run.js';

const isWindows = process.platform === 'win32';

/**
 * A virtual environment under .cache/ with these Python packages, made when it is not there yet.
 *
 * @param {string} name of its folder
 * @param {string[]} packages with their versions
 * @param {{ withDependencies?: boolean }} [options] whether their dependencies come along; yes when absent
 * @returns {Promise<(program: string) => string>} where a program of it is
 * @throws {Error} what is missing
 */
export async function makePythonEnvironment(name, packages, { withDependencies = true } = {}) {
  const folder = join(root, '.cache', name);
  const programIn = (program) =>
    join(folder, isWindows ? `Scripts/${program}.exe` : `bin/${program}`);
  const marker = join(folder, 'installed.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === packages.join(' ')) return programIn;
  console.log(`Installing ${packages.join(' and ')} …`);
  const system = isWindows ? 'python' : 'python3';
  const made = await run(system, ['-m', 'venv', '--clear', folder]).catch(() => 1);
  if (made !== 0) {
    throw new Error('Python 3.10 or newer with its venv module is needed and was not found.');
  }
  const options = ['--quiet', ...(withDependencies ? [] : ['--no-deps'])];
  const installed = await run(programIn('python'), [
    '-m',
    'pip',
    'install',
    ...options,
    ...packages,
  ]);
  if (installed !== 0) throw new Error(`Could not install ${packages.join(' and ')}.`);
  writeFileSync(marker, packages.join(' '));
  return programIn;
}
