import { describe, expect, it, vi } from 'vitest';
import { decode } from '../../src/sources/decode';

describe('decode', () => {
  it.each([
    ['plain', 'plain', 1],
    ['a%3D1', 'a=1', 2],
    ['a%253D1', 'a=1', 3],
    ['50%', '50%', 1],
    [undefined, 'undefined', 1],
  ])('takes all layers off %s, and looks once more', (given, plain, calls) => {
    const decoded = vi.spyOn(globalThis, 'decodeURIComponent');
    expect(decode(given)).toBe(plain);
    expect(decoded).toHaveBeenCalledTimes(calls);
  });

  it('stops where the text shows what is looked for', () => {
    expect(decode('a%3Db%253D1', /=/)).toBe('a=b%3D1');
    expect(decode('a=b%3D1', /=/)).toBe('a=b%3D1');
  });
});
