import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/mutants/attempts.test.mjs'],
    setupFiles: ['test/mutants/setup.mjs', 'test/helpers/setupTidy.mjs', 'test/helpers/setupBatches.mjs'],
    // One process, which `run.mjs` can end.
    pool: 'threads',
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
