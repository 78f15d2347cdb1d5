import typescript from '@rollup/plugin-typescript';
import { asFunctions } from './scripts/asFunctions.mjs';
import { entries } from './scripts/entries.mjs';

const name = (chunk) => `${chunk.name.replace(/^src\//, '')}.mjs`;

// The ES modules, readable and one to one: bundlers leave out what is not used. scripts/native/build.mjs makes the files
// of mini-programs from them.
export default {
  input: entries,
  external: ['fflate'], // an optional peer dependency
  plugins: [typescript({ tsconfig: './tsconfig.json', compilerOptions: { noEmit: false } }), asFunctions()],
  output: {
    dir: 'dist',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: 'src',
    entryFileNames: name,
    exports: 'named',
    generatedCode: { constBindings: true },
    sourcemap: false,
  },
  onwarn(warning) {
    // `commerce` is types alone; an import that is not marked as one must still find a file.
    if (warning.code === 'EMPTY_BUNDLE') return;
    throw new Error(warning.message);
  },
};
