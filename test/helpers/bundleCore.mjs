import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = `
  export { createTracker } from './src/createTracker.ts';
  export { json } from './src/formats/json.ts';
  export { jsonAnswers } from './src/formats/jsonAnswers.ts';
  export { sample } from './src/plugins/sample.ts';
  export { mirror } from './src/plugins/mirror.ts';
`;

/**
 * The core as a function of its globals, so that each simulated process gets its own clock, timers and random numbers.
 * `edits` are `[file, from, to]`: text replacements that must match exactly once.
 */
export const bundleCore = async (edits = []) => {
  const done = new Set();
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'core',
    target: 'es2017',
    logLevel: 'silent',
    plugins: [
      {
        name: 'edits',
        setup: (builder) =>
          builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            let contents = await readFile(path, 'utf8');
            for (const edit of edits) {
              const [file, from, to] = edit;
              if (!path.endsWith(file)) continue;
              const found = contents.split(from).length - 1;
              if (found !== 1) throw new Error(`an edit of ${file} matches ${found} times: ${from}`);
              contents = contents.replace(from, () => to);
              done.add(edit);
            }
            return { contents, loader: 'ts' };
          }),
      },
    ],
  });
  for (const edit of edits) if (!done.has(edit)) throw new Error(`an edit of ${edit[0]} was not made`);
  const code = `${outputFiles[0].text}; return core;`;
  return Object.assign(new Function('setTimeout', 'clearTimeout', 'Date', 'Math', 'console', code), { code });
};
