import { describe, expect, it, vi } from 'vitest';
import { randomHex } from '../../src/utils/randomHex';

describe('randomHex', () => {
  it.each([1, 3, 8, 32])('gives %i digits, also where the clock stands at 0', (length) => {
    for (const now of [0, 1, Date.now()]) {
      vi.spyOn(Date, 'now').mockReturnValue(now);
      for (let i = 0; i < 1000; i++) expect(randomHex(length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
    }
  });

  it('differs between devices whose engines draw the same numbers, hours and days apart too', () => {
    const from = Date.now();
    const drawn = new Set<string>();
    // 65,536 ms is when the low half of the clock is the same again.
    for (let i = 0; i < 1000; i++) {
      let seed = 7;
      vi.spyOn(Math, 'random').mockImplementation(() => (seed = (seed * 16807) % 2147483647) / 2147483647);
      vi.spyOn(Date, 'now').mockReturnValue(from + i * 65_536);
      drawn.add(randomHex(32));
    }
    expect(drawn.size).toBe(1000);
  });

  it.each([0, 0xffff, 0x10000, 0x10001])('draws anew each time where the clock stands at %d', (now) => {
    vi.restoreAllMocks();
    vi.spyOn(Date, 'now').mockReturnValue(now);
    expect(new Set(Array.from({ length: 1000 }, () => randomHex(12))).size).toBe(1000);
  });

  it('leaves no digit out', () => {
    vi.restoreAllMocks();
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++) for (const digit of randomHex(32)) counts.set(digit, (counts.get(digit) || 0) + 1);
    expect(counts.size).toBe(16);
    for (const count of counts.values()) expect(Math.abs(count - 4000)).toBeLessThan(600);
  });
});
