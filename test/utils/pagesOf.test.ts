import { describe, expect, it } from 'vitest';
import { barePath, pagesOf } from '../../src/utils/pagesOf';

it.each([
  ['pages/a/a', 'pages/a/a'],
  ['/pages/a/a', 'pages/a/a'],
  ['//pages/a/a', 'pages/a/a'],
  [undefined, 'undefined'],
])('barePath(%j) is %j', (path, bare) => {
  expect(barePath(path)).toBe(bare);
});

describe('pagesOf', () => {
  it('knows its pages with or without a slash in front, and no others', () => {
    const isOne = pagesOf(['pages/a/b', '/pages/c']);
    expect(['/pages/a/b', 'pages/c', '//pages/c'].map(isOne)).toEqual([true, true, true]);
    expect(['pages/ab', 'pagesa/b', 'a/b', 'pages', undefined].map(isOne)).toEqual([false, false, false, false, false]);
  });

  it.each([[undefined], [[]], ['']])('of %j knows none', (paths) => {
    expect(pagesOf(paths as string[])('pages/a')).toBe(false);
  });
});
