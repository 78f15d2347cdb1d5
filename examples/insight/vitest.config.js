import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.js'],
    // The engines' package (540 MB) is installed by its own test run.
    exclude: ['test/engines/**', 'node_modules/**'],
    // A database is built, killed and rebuilt within this on a loaded two-core machine; no test asserts a time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
