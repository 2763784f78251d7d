import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // Processes rather than threads: the database's native part is loaded once in each.
    pool: 'forks',
    // Tests share the machine's few cores; what they wait for are events, not time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
