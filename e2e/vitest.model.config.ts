import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.model.test.ts'],
    // A small model on a busy processor writes a few tokens a second.
    testTimeout: 300_000,
    hookTimeout: 90_000,
    fileParallelism: false,
  },
});
