import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = `${here}.cache`;

const SHARED = { bundle: true, format: 'iife', logLevel: 'error', target: 'es2018', absWorkingDir: here };

/** Takes `minitrail` and its sub-paths from a build, wherever that is. */
const fromDist = (dist, extension = 'mjs') => ({
  name: 'minitrail',
  setup({ onResolve }) {
    onResolve({ filter: /^minitrail(\/|$)/ }, ({ path }) => ({
      path: resolve(dist, `${path.replace(/^minitrail\/?/, '') || 'index'}.${extension}`),
    }));
  },
});

/** Bundles the app once with each SDK and once without, all alike: one minified script, so that loading is equal. */
export const bundleAll = async (names, dist, suffix = '') => {
  mkdirSync(cache, { recursive: true });
  const bundles = {};
  for (const name of names) {
    bundles[name] = `${cache}/${name}${suffix}.js`;
    const contents = `
      import * as sdk from './sdks/${name}.js';
      import { registerApp } from './shop.js';
      bench.created();
      bench.track = sdk.track;
      bench.stats = sdk.stats;
      registerApp(sdk.appOptions);`;
    await build({
      ...SHARED,
      stdin: { contents, resolveDir: here, sourcefile: `${name}.entry.js` },
      outfile: bundles[name],
      minify: true,
      plugins: [fromDist(dist)],
      logOverride: { 'import-is-undefined': 'silent' },
    });
  }
  return bundles;
};

/** The host and the steps as one script, which JavaScriptCore's shell can run. */
export const bundleJscDriver = async () => {
  mkdirSync(cache, { recursive: true });
  const outfile = `${cache}/jsc-driver.js`;
  await build({ ...SHARED, entryPoints: [`${here}childJsc.mjs`], outfile });
  return outfile;
};

// A native project imports by file: there is no tree-shaking, and the root would bring every file.
const NATIVE = ['createTracker', 'adapters/wechat', 'scenes/wechatGroups'].concat(
  ['appLifecycle', 'pageView', 'pageLeave', 'tap', 'share', 'launchSource'].map((name) => `plugins/${name}`),
);

/** Bytes of the files, as installed, that a native app loads by what it imports: its main package counts those. */
export const nativeBytes = async (names, miniprogramDist) => {
  const sizes = {};
  for (const name of names) {
    const imports = name === 'minitrail' ? NATIVE.map((path) => `minitrail/${path}`) : [`./sdks/${name}.js`];
    const { metafile } = await build({
      ...SHARED,
      stdin: { contents: imports.map((path) => `import '${path}';`).join('\n'), resolveDir: here },
      write: false,
      metafile: true,
      logLevel: 'silent',
      plugins: [fromDist(miniprogramDist, 'js')],
    });
    const files = Object.entries(metafile.inputs).filter(([path]) => /node_modules|\.\./.test(path));
    sizes[name] = files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  }
  return sizes;
};
