import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isInstalled } from '../../examples/simulator/server/isInstalled.mjs';

let folder;
const put = (file, packages) => {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, file), JSON.stringify({ packages }));
};
const WANTED = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
  'node_modules/tool': { version: '3.0.0', dev: true },
  'node_modules/other-platform': { version: '4.0.0', optional: true },
};
const { 'node_modules/a': a, 'node_modules/a/node_modules/b': b } = WANTED;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installed-'));
  put('package-lock.json', WANTED);
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['what the lockfile names is there', { 'node_modules/a': a, 'node_modules/a/node_modules/b': b }, true],
  [
    'after a pull a package has another version',
    { 'node_modules/a': a, 'node_modules/a/node_modules/b': { version: '1.9.0' } },
    false,
  ],
  ['after a pull there is a further package', { 'node_modules/a': a }, false],
])('%s', (_, found, expected) => {
  put('node_modules/.package-lock.json', found);
  expect(isInstalled(folder)).toBe(expected);
});

it('nothing is installed, or npm was broken off', () => {
  expect(isInstalled(folder)).toBe(false);
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{"packages"');
  expect(isInstalled(folder)).toBe(false);
});
