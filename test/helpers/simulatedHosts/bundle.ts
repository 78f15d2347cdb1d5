import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { entries } from '../../es5/entries.mjs';

let text: string | undefined;

/**
 * The whole library as one CommonJS module, built as an app's tools would: what runs in a host is what ships. Or the module
 * that MINITRAIL_BUNDLE names, which `test/es5` has compiled.
 */
export const bundle = (): string => {
  const { MINITRAIL_BUNDLE } = process.env;
  text = text || (MINITRAIL_BUNDLE ? readFileSync(MINITRAIL_BUNDLE, 'utf8') : build());
  return text;
};

const build = (): string => {
  const { outputFiles } = buildSync({
    stdin: { contents: entries.map((file) => `export * from './${file}';`).join('\n'), resolveDir: '.', loader: 'ts' },
    bundle: true,
    format: 'cjs',
    target: 'es2017',
    write: false,
  });
  return outputFiles[0]?.text || '';
};
