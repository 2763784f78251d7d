import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { browserLaunchOptions } from '../../scripts/find-browser.js';
import { countsReporter } from '../../scripts/web-test-report.js';

/**
 * Files that are shipped as CommonJS alone. Bundlers take that; the test server needs modules. They
 * require nothing themselves, so wrapping them is all there is to do.
 */
const COMMONJS = ['/highlight.js/lib/core.js', '/elkjs/lib/elk.bundled.js'];
const commonjsAsModule = {
  name: 'commonjs-as-module',
  transform(context) {
    if (!COMMONJS.some((path) => context.path.endsWith(path))) return undefined;
    return `const exports = {};\nconst module = { exports };\n${context.body}\nexport default module.exports;`;
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
      launchOptions: browserLaunchOptions(),
    }),
  ],
  plugins: [
    commonjsAsModule,
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
