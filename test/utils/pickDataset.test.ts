import { describe, expect, it, vi } from 'vitest';
import { LARGE_DATASET } from '../../src/codes';
import { createLog as createRealLog } from '../../src/utils/log';
import { pickDataset, smallDataset } from '../../src/utils/pickDataset';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

const createLog = () => ({ warn: vi.fn(), guard: (_: string, run: () => unknown) => run() }) as never;

describe('pickDataset', () => {
  it('gives nothing of an element without a dataset, and the whole of one without names', () => {
    expect(pickDataset(undefined, {}, createLog())).toBe('{}');
    expect(pickDataset(undefined, { dataset: ['a'] }, createLog())).toBe('{}');
    expect(pickDataset({ a: 1, b: 2 }, {}, createLog())).toBe('{"a":1,"b":2}');
    expect(pickDataset({ a: 1, b: 2 }, { dataset: ['b', 'c'] }, createLog())).toBe('{"b":2}');
  });
});

it('names a dataset that JSON cannot carry, and takes nothing of it', () => {
  const warnings = spyOnWarnings();
  const log = createRealLog();
  expect(pickDataset({ big: 1n }, {}, log)).toBe('');
  expect(warnings()).toEqual([expect.stringContaining('[minitrail] E1 dataset ')]);
});

describe('smallDataset', () => {
  it.each(['', '{}'])('is nothing for %j', (text) => {
    expect(smallDataset(text, {}, createLog())).toBeUndefined();
  });

  it.each([
    ['{"a":1}', 7, true],
    ['{"a":1}', 6, false],
    ['{"a":"生日"}', 14, true],
    ['{"a":"生日"}', 13, false],
  ])('takes %s within %d bytes: %s', (text, maxDatasetBytes, fits) => {
    const warn = vi.fn();
    const log = Object.assign(createLog(), { warn }) as never;
    expect(smallDataset(text, { maxDatasetBytes }, log)).toEqual(fits ? JSON.parse(text) : undefined);
    expect(warn.mock.calls).toEqual(fits ? [] : [[LARGE_DATASET, `${maxDatasetBytes}`]]);
  });
});
