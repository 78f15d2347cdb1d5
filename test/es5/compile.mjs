// Writes the library as one CommonJS module that a compiler has brought to ES5: `node compile.mjs babel out.js`.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildSync } from 'esbuild';
import { entries } from './entries.mjs';

const require = createRequire(import.meta.url);

/** As the options of an app's build have it, by the compiler's own defaults. */
const compilers = {
  typescript: (code) =>
    require('typescript').transpileModule(code, {
      compilerOptions: { target: 'es5', module: 'commonjs', ignoreDeprecations: '6.0', allowJs: true },
    }).outputText,
  babel: (code) =>
    require('@babel/core').transformSync(code, {
      babelrc: false,
      configFile: false,
      sourceType: 'script',
      presets: [[require.resolve('@babel/preset-env'), { targets: { ie: '11' }, modules: false }]],
    }).code,
  swc: (code) =>
    require('@swc/core').transformSync(code, {
      swcrc: false,
      configFile: false,
      isModule: false,
      jsc: { target: 'es5', parser: { syntax: 'ecmascript' } },
    }).code,
};

const [compiler, file] = process.argv.slice(2);
const { outputFiles } = buildSync({
  stdin: {
    contents: entries.map((entry) => `export * from './${entry}';`).join('\n'),
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  format: 'cjs',
  target: 'es2017',
  write: false,
});
writeFileSync(file, compilers[compiler](outputFiles[0].text));
