import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/native/**/*.test.js'],
    setupFiles: ['test/helpers/setupBatches.mjs'],
    globalSetup: ['test/native/helpers/packOnce.js'],
    // A build by a vendor's tool takes seconds, and each of them starts processes of its own.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['default', ['json', { outputFile: '.cache/native-results.json' }]],
  },
});
