import { defineConfig } from 'vitest/config';

/** Of the Next.js example, which `scripts/build-nextjs-host.js` has built before. */
export default defineConfig({
  test: {
    include: ['nextjs-host/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    fileParallelism: false,
  },
});
