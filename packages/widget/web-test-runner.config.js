import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { countsReporter } from '../../scripts/web-test-report.js';

/** The browser the tests run in; when none is named or found here, the launcher looks for one. */
const executablePath = [process.env.CHROME_PATH, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);

const CHROME_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * highlight.js ships its core as CommonJS alone. Bundlers take that; the test server needs it as a
 * module. It requires nothing itself, so wrapping it is all there is to do.
 */
const highlightCoreAsModule = {
  name: 'highlight-core-as-module',
  transform(context) {
    if (!context.path.endsWith('/highlight.js/lib/core.js')) return undefined;
    return `const module = {};\n${context.body}\nexport default module.exports;`;
  },
};

export default {
  files: ['src/**/*.test.ts', 'playground/**/*.test.ts'],
  // Dependencies are hoisted to the workspace's root, which therefore must be served too.
  rootDir: fileURLToPath(new URL('../../', import.meta.url)),
  nodeResolve: true,
  browsers: [
    chromeLauncher({
      concurrency: 1,
      launchOptions: { executablePath, args: CHROME_ARGS },
    }),
  ],
  plugins: [
    highlightCoreAsModule,
    esbuildPlugin({
      ts: true,
      json: true,
      target: 'es2022',
      // Carries the decorators' settings, which decide how Lit's reactive fields are compiled.
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  // nanostores asks for it; bundlers put it in, and so must a page without one.
  testRunnerHtml: (testFramework) =>
    `<!doctype html><html lang="en"><head><title>Tests</title>
      <script>window.process = { env: { NODE_ENV: 'development' } };</script>
      <script type="module" src="${testFramework}"></script></head><body></body></html>`,
  reporters: [defaultReporter(), countsReporter(process.env.TEST_REPORT)],
  testFramework: { config: { timeout: '20000' } },
  testsFinishTimeout: 180_000,
};
