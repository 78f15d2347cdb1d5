import { describe, expect, it } from 'vitest';
import { isInSample } from '../../src/utils/isInSample';

describe('isInSample', () => {
  it('draws the lot of an id of our own by its first digits', () => {
    const id = `40000000${'f'.repeat(24)}`;
    expect(isInSample(id, 0.25)).toBe(false);
    expect(isInSample(id, 0.2500001)).toBe(true);
    expect(isInSample('0'.repeat(32), 0)).toBe(false);
    expect(isInSample('f'.repeat(32), 1)).toBe(true);
  });

  it.each([
    ['with a time in front', (i: number) => `1716192000000-${i}`],
    ['one digit longer than ours', (i: number) => `0${i.toString(16).padStart(32, '0')}`],
    ['one digit longer than ours, the first none', (i: number) => `x${i.toString(16).padStart(32, '0')}`],
    ['one digit longer than ours, the last none', (i: number) => `${i.toString(16).padStart(32, '0')}x`],
    ['in capitals', (i: number) => i.toString(16).padStart(32, 'F').toUpperCase()],
  ])('draws a fair lot of ids %s, which begin alike', (_, idOf) => {
    const drawn = Array.from({ length: 2000 }, (_, i) => idOf(i)).filter((id) => isInSample(id, 0.3));
    expect(drawn.length).toBeGreaterThan(500);
    expect(drawn.length).toBeLessThan(700);
  });
});
