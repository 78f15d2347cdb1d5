import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStale } from '../../examples/simulator/server/isStale.mjs';

const OLD = 1_700_000_000;
const PATHS = ['dist.html', 'page.html', 'src/deep/a.js', 'src/deep', 'src'];

let folder;
const isPageStale = () =>
  isStale(
    join(folder, 'dist.html'),
    ['page.html', 'src'].map((name) => join(folder, name)),
  );
const touch = (name, seconds) => utimesSync(join(folder, name), seconds, seconds);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stale-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  for (const name of PATHS.slice(0, 3)) writeFileSync(join(folder, name), '');
  for (const name of PATHS) touch(name, OLD);
});
afterEach(() => rmSync(folder, { recursive: true }));

it('what is as old as its sources is kept; what is missing is built', () => {
  expect(isPageStale()).toBe(false);
  rmSync(join(folder, 'dist.html'));
  expect(isPageStale()).toBe(true);
});

it.each(['page.html', 'src/deep/a.js', 'src/deep', 'src'])('a newer %s makes it stale', (name) => {
  touch(name, OLD + 1);
  expect(isPageStale()).toBe(true);
  touch('dist.html', OLD + 2);
  expect(isPageStale()).toBe(false);
});
