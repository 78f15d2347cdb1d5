import { readdirSync } from 'node:fs';
import typescript from '@rollup/plugin-typescript';

const files = (dir) =>
  readdirSync(dir, { withFileTypes: true })
    .filter((file) => file.name.endsWith('.ts') && !file.name.endsWith('.d.ts'))
    .map((file) => `${dir}/${file.name}`);

// Every public import path is a file of its own, because native mini-program tools do not tree-shake: there the file
// is the unit. `src/plugins/tap.ts` is `minitrail/plugins/tap`.
const input = Object.fromEntries(
  [
    'src/index.ts',
    'src/createTracker.ts',
    'src/webview.ts',
    'src/commerce.ts',
    'src/debug.ts',
    ...files('src/plugins'),
    ...files('src/formats'),
    ...files('src/frameworks'),
    ...files('src/scenes'),
    ...files('src/compress'),
    ...files('adapters'),
  ].map((file) => [file.replace(/^src\//, '').replace(/\.ts$/, ''), file]),
);

const name = (extension) => (chunk) => `${chunk.name.replace(/^src\//, '')}.${extension}`;
const output = (dir, format, extension) => ({
  dir,
  format,
  preserveModules: true,
  preserveModulesRoot: 'src',
  entryFileNames: name(extension),
  exports: 'named',
  generatedCode: { constBindings: true },
  sourcemap: false,
});

export default {
  input,
  external: ['fflate'], // an optional peer dependency
  plugins: [typescript({ tsconfig: './tsconfig.json', compilerOptions: { noEmit: false } })],
  output: [output('dist', 'es', 'mjs'), output('miniprogram_dist', 'cjs', 'js')],
  onwarn(warning) {
    // `commerce` is types alone; an import that is not marked as one must still find a file.
    if (warning.code === 'EMPTY_BUNDLE') return;
    throw new Error(warning.message);
  },
};
