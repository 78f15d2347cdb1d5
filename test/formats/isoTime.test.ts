import { expect, it } from 'vitest';
import { isoTime } from '../../src/formats/shared/isoTime';

// https://tc39.es/ecma262/#sec-time-values-and-time-range
it.each([
  [0, '1970-01-01T00:00:00.000Z'],
  [8.64e15, '+275760-09-13T00:00:00.000Z'],
  [-8.64e15, '-271821-04-20T00:00:00.000Z'],
  [8.64e15 + 2, '1970-01-01T00:00:00.000Z'],
  [Number.NaN, '1970-01-01T00:00:00.000Z'],
  ['yesterday' as unknown as number, '1970-01-01T00:00:00.000Z'],
])('isoTime(%s) is %s', (ms, text) => {
  expect(isoTime(ms)).toBe(text);
});
