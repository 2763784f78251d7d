import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserLaunchOptions } from '../../scripts/find-browser.js';
import { readmeExamples } from './src/test-support/readme-example.js';

/** The README's React example as a module, run as it stands. */
const readmeReact = {
  name: 'readme-react',
  resolveId: (id: string) => (id === 'virtual:readme-react' ? id : undefined),
  load: (id: string) =>
    id === 'virtual:readme-react' ? readmeExamples('jsx').join('\n') : undefined,
};

/** What must hold in Chromium as it does in Node, and what there is in a browser alone. */
export default defineConfig({
  plugins: [readmeReact],
  resolve: {
    alias: { '@chat-playground/sdk': new URL('./src/index.ts', import.meta.url).pathname },
  },
  define: { 'process.env.NODE_ENV': '"development"' },
  optimizeDeps: {
    // Found before the first test, since finding one later reloads the page under it.
    include: [
      'zod',
      'nanostores',
      'eventsource-parser',
      'socket.io-client',
      'react',
      'react/jsx-dev-runtime',
      'react-dom/client',
    ],
  },
  test: {
    include: [
      'src/**/*.browser.test.ts',
      'src/stream/*.test.ts',
      'src/stores/*.test.ts',
      'src/users/*.test.ts',
      'src/create-chat-client.test.ts',
      'src/protocol-coverage.test.ts',
    ],
    testTimeout: 60_000,
    globalSetup: ['src/test-support/browser-servers.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: browserLaunchOptions() }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
