import ts from 'typescript';
import { defineConfig } from 'vitest/config';

/** The source as an app's build may bring it to ES5, by TypeScript's defaults: there `for … of` and spreads take lists only. */
const es5 = {
  name: 'es5',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/(src|adapters)\/.*\.ts$/.test(id)) return undefined;
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { target: 'es5', module: 'esnext', ignoreDeprecations: '6.0', inlineSourceMap: true },
    });
    return outputText;
  },
};

export default defineConfig({
  plugins: [es5],
  test: {
    include: ['test/{api,capture,createTracker,formats,frameworks,instrument,plugins,share,utils}/**/*.test.ts'],
    testTimeout: 60_000,
    setupFiles: ['test/helpers/setupTidy.mjs', 'test/helpers/setupBatches.mjs'],
  },
});
