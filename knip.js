import { existsSync } from 'node:fs';

/** The Next.js example is no workspace: its packages are there once its suite has been run. */
const isHostInstalled = existsSync(
  new URL('examples/nextjs-host/node_modules/next', import.meta.url),
);
/** What its packages, once they are there, say themselves: who wants react-dom, whose command is next. */
const unknownOfHost = {
  ignoreBinaries: ['next'],
  ignoreDependencies: ['react-dom', '@types/react-dom'],
};

/** @type {import('knip').KnipConfig} */
export default {
  ignoreExportsUsedInFile: true,
  workspaces: {
    '.': {
      entry: ['scripts/*.js', 'scripts/*.test.js', 'docker/tests/*.test.ts'],
      project: ['scripts/**/*.js', 'docker/**/*.ts'],
      vitest: {
        config: ['scripts/vitest.config.js', 'docker/vitest.config.ts'],
      },
      ignoreBinaries: ['go', 'openssl'],
    },
    'packages/sdk': {
      entry: ['src/**/*.test.ts', 'src/**/*.test-d.ts'],
      project: ['src/**/*.ts'],
      vitest: {
        config: ['vitest*.config.ts'],
      },
    },
    'packages/server': {
      entry: ['src/**/*.test.ts'],
      project: ['src/**/*.ts'],
      ignoreBinaries: ['redis-server'],
    },
    'packages/widget': {
      entry: [
        'src/index.ts',
        'src/define.ts',
        'src/react.ts',
        'web-test-runner.config.js',
        'src/**/*.test.ts',
        'custom-elements-manifest.config.js',
        'package-tests/**/*.test.ts',
        'package-tests/support/react-page.tsx',
        'playground/states.ts',
      ],
      project: ['src/**/*.ts', 'playground/**/*.ts', 'package-tests/**/*.{ts,tsx}', 'scripts/*.js'],
    },
    'examples/nextjs-host': {
      project: ['**/*.{js,ts,tsx}'],
      ...(isHostInstalled ? {} : unknownOfHost),
    },
  },
};
