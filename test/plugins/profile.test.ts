import { describe, expect, it } from 'vitest';
import { profile } from '../../src/plugins/profile';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

describe('profile', () => {
  it('increments by what is a number, and names the rest', () => {
    const warnings = spyOnWarnings();
    const { tracker, sent, names } = startTracker([profile()]);
    tracker.profile.increment({ visits: 1, points: -2.5, bad: 'x' as never, worse: Number.NaN, far: Number.POSITIVE_INFINITY });
    expect(sent('profile_increment')).toEqual({ visits: 1, points: -2.5 });
    for (const name of ['bad', 'worse', 'far'])
      expect(warnings().filter((text) => text.includes(`profile.increment ${name}`))).toHaveLength(1);
    expect(names()).toEqual(['profile_increment']);
  });

  it('unsets what is named one by one, or in a list', () => {
    const { tracker, sent } = startTracker([profile()]);
    tracker.profile.unset('birthday', 'city');
    expect(sent('profile_unset')).toEqual({ keys: ['birthday', 'city'] });
    const other = startTracker([profile()]);
    other.tracker.profile.unset(['birthday', 'city'] as never);
    expect(other.sent('profile_unset')).toEqual({ keys: ['birthday', 'city'] });
  });

  it.each([{}, undefined, { a: 'x' }])('tells nothing of an increment by %j', (amounts) => {
    spyOnWarnings();
    const { tracker, names } = startTracker([profile()]);
    tracker.profile.increment(amounts as never);
    expect(names()).toEqual([]);
  });

  it('tells nothing of an increment that cannot be read, and names it', () => {
    const { tracker, names } = startTracker([profile()]);
    const warnings = spyOnWarnings();
    const amounts = new Proxy({}, { ownKeys: () => Object.keys(undefined as never) });
    tracker.profile.increment(amounts);
    expect(names()).toEqual([]);
    expect(warnings()).toEqual([expect.stringContaining('E1 profile.increment ')]);
  });

  it('increments by the others where one throws when read', () => {
    const warnings = spyOnWarnings();
    const { tracker, sent } = startTracker([profile()]);
    const amounts = {
      visits: 1,
      get points(): number {
        throw new Error('not loaded');
      },
    };
    expect(() => tracker.profile.increment(amounts)).not.toThrow();
    expect(sent('profile_increment')).toEqual({ visits: 1 });
    expect(warnings()[0]).toContain('E1 profile.increment points');
  });
});
