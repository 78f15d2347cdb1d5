import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import nodeResolve from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack5 from 'webpack';
import { entries } from '../../scripts/entries.mjs';

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, 'built');
rmSync(out, { recursive: true, force: true });
mkdirSync(out);

const paths = Object.keys(entries).map((name) => (name === 'index' ? 'minitrail' : `minitrail/${name}`));
// `commerce` is types alone, but its file has to be there.
const imports = paths.map((path, index) => `import * as m${index} from '${path}';`).join('\n');
const all = paths.map((path, index) => `'${path}': Object.keys(m${index})`).join(', ');
const entry = join(here, 'built/all.js');
writeFileSync(entry, `${imports}\nconsole.log(JSON.stringify({ ${all} }));\n`);
const one = join(here, 'built/one.js');
writeFileSync(one, "import { pageView } from 'minitrail/plugins/pageView';\nconsole.log(JSON.stringify(pageView().name));\n");

const webpackWith = (webpack) => async (input, file) => {
  const config = {
    mode: 'production',
    entry: input,
    target: 'node',
    output: { path: out, filename: file, hashFunction: 'sha256' },
    devtool: false,
    // The cache of version 4 hashes by md4, which OpenSSL 3 refuses.
    optimization: { minimize: false, splitChunks: false },
    cache: false,
    resolve: { symlinks: false },
  };
  const stats = await promisify(webpack)(config);
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
};

const TOOLS = {
  'webpack 4': webpackWith(require('webpack4')),
  'webpack 5': webpackWith(webpack5),
  async rollup(input, file) {
    const bundle = await rollup({
      input,
      plugins: [nodeResolve()],
      onwarn: (warning) => {
        if (warning.code !== 'EMPTY_BUNDLE') throw new Error(warning.message);
      },
    });
    await bundle.write({ file: join(out, file), format: 'cjs' });
  },
  esbuild: (input, file) =>
    esbuild({
      entryPoints: [input],
      bundle: true,
      outfile: join(out, file),
      format: 'cjs',
      target: 'es2017',
      logLevel: 'error',
    }),
  vite: (input, file) =>
    vite({
      root: here,
      configFile: false,
      logLevel: 'error',
      build: { outDir: out, emptyOutDir: false, minify: false, lib: { entry: input, formats: ['cjs'], fileName: () => file } },
    }),
  async require(_, file) {
    const code = paths.map((path) => `'${path}': Object.keys(require('${path}'))`).join(', ');
    writeFileSync(join(out, file), `console.log(JSON.stringify({ ${code} }));\n`);
  },
  async import(input, file) {
    writeFileSync(join(out, file), `import(${JSON.stringify(input.replace(/\.js$/, '.mjs'))});\n`);
    writeFileSync(input.replace(/\.js$/, '.mjs'), readFileSync(input));
  },
};

// The first that reads the package's syntax, the one of uni-app's template, and one of each later way to resolve.
const COMPILERS = [
  ['typescript45', 'commonjs', 'node'],
  ['typescript49', 'esnext', 'node'],
  ['typescript49', 'node16', 'node16'],
  ['typescript59', 'esnext', 'bundler'],
];
const compile = ([compiler, module, resolution]) => {
  const tsc = require.resolve(`${compiler}/bin/tsc`);
  try {
    execFileSync(process.execPath, [tsc, '-p', here, '--module', module, '--moduleResolution', resolution], {
      encoding: 'utf8',
    });
    return '';
  } catch ({ stdout }) {
    return stdout;
  }
};

const namesOf = (file) => JSON.parse(execFileSync(process.execPath, [join(out, file)], { encoding: 'utf8' }));
const faults = [];
let expected;
for (const [tool, build] of Object.entries(TOOLS)) {
  const started = Date.now();
  const file = `${tool.replace(' ', '')}.cjs`;
  try {
    await build(entry, file);
    const names = namesOf(file);
    for (const path of paths) {
      const sorted = names[path]
        .filter((name) => name !== 'default')
        .sort()
        .join();
      expected = expected || {};
      expected[path] = expected[path] ?? sorted;
      if (sorted !== expected[path] || (!sorted && path !== 'minitrail/commerce'))
        faults.push(`${tool}: ${path} has ${sorted || 'nothing'}`);
    }
    if (!/require|import/.test(tool)) {
      await build(one, `one-${file}`);
      const text = readFileSync(join(out, `one-${file}`), 'utf8');
      if (namesOf(`one-${file}`) !== 'pageView') faults.push(`${tool}: pageView does not run`);
      if (text.includes('longpress')) faults.push(`${tool}: a sub-path brings another plugin along`);
    }
    console.log(`${tool}: ${paths.length} imports (${Date.now() - started} ms)`);
  } catch (error) {
    faults.push(`${tool}: ${String(error.message).slice(0, 2000)}`);
  }
}
for (const compiler of COMPILERS) {
  const name = compiler.join(' ');
  const complaints = compile(compiler);
  if (complaints) faults.push(`${name}: ${complaints.slice(0, 2000)}`);
  else console.log(`${name}: the types of an app`);
}
for (const fault of faults) console.error(fault);
const failed = new Set(faults.map((fault) => fault.split(':')[0])).size;
console.log(`${Object.keys(TOOLS).length + COMPILERS.length - failed} passed, ${failed} failed`);
if (faults.length) process.exitCode = 1;
