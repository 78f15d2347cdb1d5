import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const filesIn = (dir) =>
  readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split('\\')
        .join('/'),
    );

const newest = (files) => Math.max(...files.map((file) => statSync(join(root, file)).mtimeMs));

/** Builds when there is no package, or one older than its source. `npm test` has built it already. */
export const buildWhenStale = () => {
  const sources = [
    ...filesIn('src'),
    ...filesIn('adapters'),
    ...filesIn('scripts/native'),
    'rollup.config.mjs',
    'tsconfig.json',
  ];
  const built = existsSync(join(root, 'dist/index.d.mts')) && existsSync(join(root, 'miniprogram_dist/index.js'));
  if (built && statSync(join(root, 'dist/index.d.mts')).mtimeMs >= newest(sources)) return;
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
};

const sourcesIn = (dir) =>
  filesIn(dir).filter((file) => posix.dirname(file) === dir && file.endsWith('.ts') && !file.endsWith('.d.ts'));

/** `['', 'plugins/tap', …]`: what a user may import behind `minitrail`. */
export const subpaths = [
  '',
  ...sourcesIn('adapters').map((file) => file.slice(0, -3)),
  ...Object.keys(packageJson.exports)
    .filter((path) => /^\.\/\w+$/.test(path))
    .map((path) => path.slice(2)),
  ...Object.keys(packageJson.exports)
    .filter((path) => path.endsWith('/*') && path !== './adapters/*')
    .flatMap((path) => sourcesIn(`src${path.slice(1, -2)}`).map((file) => file.slice(4, -3))),
];
export const plugins = subpaths.filter((path) => path.startsWith('plugins/') && path !== 'plugins/autotrack');

export const codeFiles = () => [
  ...filesIn('dist').filter((file) => file.endsWith('.mjs')),
  ...filesIn('miniprogram_dist').filter((file) => file.endsWith('.js')),
  ...filesIn('standalone').filter((file) => file.endsWith('.js')),
];
export const read = (file) => readFileSync(join(root, file), 'utf8');

/** All files that come with `file`, as a native tool takes them: whole. */
export const withImports = (file, seen = new Set()) => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, , from] of read(file).matchAll(/(from|require\(|import) ?['"`](\.[^'"`]+)['"`]/g))
    withImports(posix.join(posix.dirname(file), from), seen);
  return seen;
};

/** An empty project that has the package installed. */
export const createProject = () => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-project-'));
  mkdirSync(join(dir, 'node_modules'));
  symlinkSync(root, join(dir, 'node_modules/minitrail'), 'junction');
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
};
