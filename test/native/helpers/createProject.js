import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const fixture = fileURLToPath(new URL('../fixture', import.meta.url));

/**
 * A mini-program in a folder of its own that has the tarball installed by npm, as an app's developer does.
 *
 * @param {Record<string, string>} files over those of `from`
 * @param {object} [options]
 * @param {string} [options.from] a folder to copy; test/native/fixture unless told otherwise
 * @param {(path: string) => boolean} [options.filter] which of its files
 * @param {string[]} [options.roots] the folders that get a package.json and the tarball
 */
export const createProject = (files, { from = fixture, filter, roots = [''] } = {}) => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-native-'));
  cpSync(from, dir, { recursive: true, filter });
  const dependencies = { minitrail: `file:${inject('tarball')}` };
  write(dir, files);
  for (const root of roots) {
    const cwd = join(dir, root);
    write(cwd, { 'package.json': JSON.stringify({ name: 'app', version: '1.0.0', private: true, dependencies }) });
    execFileSync('npm', ['install', '--offline', '--no-package-lock', '--no-audit', '--no-fund'], { cwd, stdio: 'pipe' });
  }
  return dir;
};

/** @param {string} dir @param {Record<string, string>} files */
export const write = (dir, files) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
};
