import { defineConfig } from 'vitest/config';

/** Of the packages as a stranger installs them. */
export default defineConfig({
  test: {
    include: ['packages/*.test.ts'],
    globalSetup: ['packages/install.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
    // To end a worker may take as long as the machine is busy.
    teardownTimeout: 60_000,
  },
});
