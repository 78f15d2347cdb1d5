import { describe, expect, it } from 'vitest';
import { cut } from '../../src/utils/cut';

describe('cut', () => {
  it.each([
    ['ab😀', 3, 'ab'],
    ['ab😀', 4, 'ab😀'],
    ['a\ud83d', 9, 'a'],
    ['\ude00a', 9, 'a'],
    ['😀😀', 3, '😀'],
    ['生日', 1, '生'],
    ['', 5, ''],
    ['a\ud83db', Infinity, 'ab'],
  ])('%j to %d is %j', (text, max, kept) => {
    expect(cut(text, max)).toBe(kept);
  });
});
