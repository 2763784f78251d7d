import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      // The protocol's sources, so that a test never runs against a stale build of them.
      '@chat-playground/sdk/protocol': fileURLToPath(
        new URL('../sdk/src/protocol/index.ts', import.meta.url),
      ),
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    // Processes rather than threads: the database's native part is loaded once in each.
    pool: 'forks',
    // Tests share the machine's few cores; what they wait for are events, not time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
