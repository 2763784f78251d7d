import { defineConfig } from 'vitest/config';

/** Of the Next.js example, which `scripts/build-nextjs-host.js` has built before. */
export default defineConfig({
  test: {
    include: ['nextjs-host/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
  },
});
