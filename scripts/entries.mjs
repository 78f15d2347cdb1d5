// The public import paths: `plugins/tap` is `src/plugins/tap.ts`, and `minitrail/plugins/tap` for the user.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const filesIn = (dir) =>
  readdirSync(root + dir, { withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.d.ts'))
    .map((file) => `${dir}/${file.name}`);

const FOLDERS = ['plugins', 'formats', 'frameworks', 'scenes', 'compress', 'cloud'];

/** `{ 'plugins/tap': 'src/plugins/tap.ts', … }`, the root as `index`. */
export const entries = Object.fromEntries(
  [
    ...['index', 'createTracker', 'webview', 'commerce', 'debug', 'headers'].map((name) => `src/${name}.ts`),
    ...FOLDERS.flatMap((folder) => filesIn(`src/${folder}`)),
    ...filesIn('adapters'),
  ].map((file) => [file.replace(/^src\//, '').replace(/\.ts$/, ''), file]),
);
