import { describe, expect, it } from 'vitest';
import { within } from '../../src/utils/within';

describe('within', () => {
  it.each([
    [5, 5],
    [0, 0],
    [10, 10],
    ['7', 3],
    [null, 3],
    [true, 3],
    [-1, 3],
    [11, 3],
    [Number.NaN, 3],
    [undefined, 3],
    ['a', 3],
    [{}, 3],
  ])('of %j from 0 to 10, else 3, is %d', (value, expected) => {
    expect(within(value, 0, 10, 3)).toBe(expected);
  });
});
