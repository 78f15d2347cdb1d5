import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles the app once with each SDK and once without, all alike: one minified script, so that loading is equal. */
export const bundleAll = async (names) => {
  mkdirSync(`${here}.cache`, { recursive: true });
  const bundles = {};
  for (const name of names) {
    bundles[name] = `${here}.cache/${name}.js`;
    const contents = `
      import * as sdk from './sdks/${name}.js';
      import { registerApp } from './shop.js';
      globalThis.bench = { track: sdk.track, stats: sdk.stats };
      registerApp(sdk.appOptions);`;
    await build({
      stdin: { contents, resolveDir: here, sourcefile: `${name}.entry.js` },
      outfile: bundles[name],
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2018',
      logLevel: 'error',
      logOverride: { 'import-is-undefined': 'silent' },
    });
  }
  return bundles;
};
