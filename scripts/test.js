/**
 * Runs every test: `npm test`. Arguments narrow it to some suites: `npm test -- sdk widget`.
 *
 * With CI set it is strict: a suite or a test that is skipped is a failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNextjsHost } from './build-nextjs-host.js';
import { buildWhatIsStale, root } from './build.js';
import { findOrInstallBrowser } from './find-browser.js';
import { run } from './run.js';

const strict = Boolean(process.env.CI);
const reports = mkdtempSync(join(tmpdir(), 'chat-playground-tests-'));

const vitest = (folder, config = []) => ({
  cwd: join(root, folder),
  command: (report) => [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
});

/**
 * Each suite writes its counts to the file it is given. `prepare` does what it needs first, and says
 * why the suite must be left out if that fails.
 */
const suites = {
  repository: { ...vitest('scripts'), browser: false },
  sdk: { ...vitest('packages/sdk'), browser: false },
  'sdk-browser': {
    ...vitest('packages/sdk', ['--config', 'vitest.browser.config.ts']),
    browser: true,
  },
  server: { ...vitest('packages/server'), browser: false },
  widget: {
    cwd: join(root, 'packages/widget'),
    command: () => [join(root, 'node_modules/@web/test-runner/dist/bin.js')],
    browser: true,
  },
  'widget-package': {
    ...vitest('packages/widget', ['--config', 'package.vitest.config.ts']),
    browser: true,
  },
  e2e: { ...vitest('e2e'), browser: true },
  packages: { ...vitest('e2e', ['--config', 'vitest.packages.config.ts']), browser: true },
  deployment: { ...vitest('docker'), browser: false },
  'nextjs-host': {
    ...vitest('e2e', ['--config', 'vitest.nextjs-host.config.ts']),
    browser: true,
    prepare: buildNextjsHost,
  },
};

function chosenSuites() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    console.error(
      `Unknown suite ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`,
    );
    process.exit(1);
  }
  return Object.entries(suites).filter(([name]) => wanted.length === 0 || wanted.includes(name));
}

function readCounts(report) {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + (json.numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

async function runSuite(name, suite, browser) {
  console.log(`\n── ${name} ──`);
  const report = join(reports, `${name}.json`);
  const code = await run(process.execPath, suite.command(report), {
    cwd: suite.cwd,
    env: {
      ...process.env,
      TEST_REPORT: report,
      ...('path' in browser ? { CHROME_PATH: browser.path } : {}),
    },
  });
  const counts = readCounts(report);
  // A suite that broke down without a failing test (a crash, a bad import) has failed all the same.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

const started = Date.now();
const total = { passed: 0, failed: 0, skipped: 0 };
await buildWhatIsStale();
const chosen = chosenSuites();
const browser = chosen.some(([, suite]) => suite.browser) ? await findOrInstallBrowser() : {};

for (const [name, suite] of chosen) {
  const obstacle = suite.browser && 'reason' in browser ? browser.reason : suite.prepare?.();
  if (obstacle) {
    console.log(`\nSkipped ${name}: ${obstacle}.`);
    total.skipped += 1;
    continue;
  }
  const counts = await runSuite(name, suite, browser);
  for (const key of Object.keys(total)) total[key] += counts[key];
}
rmSync(reports, { recursive: true, force: true });

if (strict && total.skipped > 0) {
  console.error(
    `\nStrict run: ${total.skipped} skipped; with CI set every real part must be there.`,
  );
  total.failed += total.skipped;
  total.skipped = 0;
}
console.log(`\nTook ${Math.round((Date.now() - started) / 1000)} s.`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
