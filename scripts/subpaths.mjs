// Before packing, a folder for each import path that tools without `exports` can find (webpack 4, Metro, older mpx):
// `minitrail/plugins/tap` is `plugins/tap/package.json`, which names the built files. After packing they are gone again,
// so that they do not lie among the sources. `--clean` removes them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entries } from './entries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const name of Object.keys(entries).filter((each) => each !== 'index')) {
  const folder = join(root, name);
  if (process.argv.includes('--clean')) {
    rmSync(join(folder, 'package.json'), { force: true });
    for (const dir of [folder, dirname(folder)])
      if (dir !== join(root, '.') && existsSync(dir) && !readdirSync(dir).length) rmdirSync(dir);
    continue;
  }
  const to = (path) => relative(folder, join(root, path)).split('\\').join('/');
  // webpack 4 takes named imports of an ES module from ES modules only, and fflate is none to it.
  const isPure = !/from ['"][^.]/.test(readFileSync(join(root, `dist/${name}.mjs`), 'utf8'));
  const fields = {
    main: to(`miniprogram_dist/${name}.js`),
    ...(isPure && { module: to(`dist/${name}.mjs`) }),
    types: to(`dist/${name}.d.ts`),
    sideEffects: false,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(fields, null, 2)}\n`);
}
