import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.mjs';
import { buildWhenStale, packageJson, root } from './builtPackage.js';

const run = (file, args) => execFileSync(file, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
let packed;

beforeAll(() => {
  buildWhenStale();
  run(process.execPath, ['scripts/subpaths.mjs']);
  try {
    [packed] = JSON.parse(run('npm', ['pack', '--dry-run', '--ignore-scripts', '--json']));
  } finally {
    run(process.execPath, ['scripts/subpaths.mjs', '--clean']);
  }
}, 240_000);

describe('what npm would publish', () => {
  const files = () => new Set(packed.files.map(({ path }) => path));

  it('has what a reader of the package page needs, and every link and picture in it leads somewhere', () => {
    const pages = [...files()].filter((path) => path.endsWith('.md'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'README.zh-CN.md', 'docs/faq.md', 'docs/faq.zh-CN.md']));
    const broken = pages.flatMap((page) => {
      const text = readFileSync(join(root, page), 'utf8')
        .replace(/^ *```[\s\S]*?^ *```/gm, '')
        .replace(/`[^`]*`/g, '');
      return [...text.matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)/g)]
        .map(([, link]) => link)
        .filter((link) => !/^\w+:/.test(link))
        .map((link) => normalize(join(dirname(page), link)).replace(/\/$/, ''))
        .filter((path) => !files().has(path) && ![...files()].some((file) => file.startsWith(`${path}/`)))
        .map((path) => `${page}: ${path}`);
    });
    expect(broken).toEqual([]);
  });

  it('has a file for each import path in both forms, and a folder for tools that know no exports', () => {
    const missing = Object.keys(entries).flatMap((name) =>
      [
        `dist/${name}.mjs`,
        `dist/${name}.d.ts`,
        `dist/${name}.d.mts`,
        `miniprogram_dist/${name}.js`,
        ...(name === 'index' ? [] : [`${name}/package.json`]),
      ].filter((path) => !files().has(path)),
    );
    expect(missing).toEqual([]);
  });

  it('has the plain files, the licence and the JSON Schema, and no source, test or build', () => {
    for (const path of [
      'LICENSE',
      'miniprogram_dist/LICENSE',
      'dist/formats/json.schema.json',
      'standalone/minitrail.wechat.min.js',
    ])
      expect(files().has(path), path).toBe(true);
    expect(
      [...files()].filter(
        (path) => /^(src|test|bench\/(?!RESULTS)|scripts|node_modules)\/|\.ts$/.test(path) && !path.endsWith('.d.ts'),
      ),
    ).toEqual([]);
  });

  it('asks users for no engine: the code that ships needs no Node', () => {
    expect(packageJson.engines).toBeUndefined();
    expect(packageJson.devEngines.runtime).toMatchObject({ name: 'node', version: '>=20' });
  });
});
