import { defineConfig } from 'vitest/config';

/** Tests of the package as it is published: of `dist`, in Node and in pages. */
export default defineConfig({
  test: {
    include: ['package-tests/**/*.test.ts'],
    // Browsers start, and pages are built, on machines with other things to do.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
