import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,js}'],
    setupFiles: ['test/helpers/setupTidy.mjs', 'test/helpers/setupBatches.mjs'],
    exclude: ['**/node_modules/**', 'test/engines/**', 'test/native/**'],
    // A browser and a server start within this on a loaded two-core machine; no test asserts a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
  },
});
