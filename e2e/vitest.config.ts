import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    exclude: ['*.model.test.ts'],
    // Real browsers and servers on shared machines: a bound against hanging, not a measurement.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 30_000 } },
    // One browser and one server at a time.
    fileParallelism: false,
  },
});
