import { defineConfig } from 'vitest/config';

const MUTANTS_TESTS = process.env.MUTANTS_TESTS || undefined;

/** The tests that run the source itself; those of what is built see no change in it. */
export default defineConfig({
  test: {
    include: MUTANTS_TESTS?.split(' ') ?? [
      'test/{adapters,api,capture,cloud,createTracker,debug,enrich,formats,frameworks,instrument,plugins,share,sources,utils,webview}/**/*.test.{ts,js}',
      'test/types/commerceShop.test.js',
    ],
    exclude: [
      'test/cloud/servers.test.js',
      'test/plugins/*InShop.test.js',
      'test/plugins/interaction.test.js',
      'test/share/{shop,population}.test.js',
      // Weighs the file.
      'test/webview/browser.test.js',
    ],
    testTimeout: 300_000,
    setupFiles: ['test/mutants/setup.mjs', 'test/helpers/setupTidy.mjs', 'test/helpers/setupBatches.mjs'],
  },
});
