import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnonymousIdOptions, anonymousId } from '../../src/plugins/anonymousId';
import { sample } from '../../src/plugins/sample';
import type { TrackerOptions } from '../../src/types/options';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
});

const launch = (from: AnonymousIdOptions['from'], values = new Map<string, string>(), options?: Partial<TrackerOptions>) => {
  const world = startTracker([anonymousId(from === undefined ? {} : { from })], { values, ...(options && { options }) });
  return { ...world, values };
};
const idsOf = ({ device }: ReturnType<typeof launch>) =>
  device.bodies().flatMap(({ contexts }) => contexts.map((context: { anonymous_id: string }) => context.anonymous_id));

describe('anonymousId', () => {
  it('is the id of the events, over launches', async () => {
    const first = launch(undefined);
    const id = first.tracker.anonymousId();
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    first.tracker.track('x');
    await flushed(first.tracker);
    expect(idsOf(first)).toEqual([id]);
    first.tracker.destroy();
    expect(launch(undefined, first.values).tracker.anonymousId()).toBe(id);
  });

  it('starts from the id of another SDK, from the first event on, and keeps it when that is gone', async () => {
    const first = launch(() => '1772337600000-3100823-0496e0e2');
    first.tracker.track('x');
    await flushed(first.tracker);
    expect(idsOf(first)).toEqual(['1772337600000-3100823-0496e0e2']);
    first.tracker.destroy();
    const from = vi.fn(() => 'another');
    expect(launch(from, first.values).tracker.anonymousId()).toBe('1772337600000-3100823-0496e0e2');
    expect(from).not.toHaveBeenCalled();
  });

  it('may ask the tracker while it is asked', () => {
    const waiting: number[] = [];
    const from = () => {
      waiting.push(started.tracker.stats().waiting);
      return 'old';
    };
    const started = launch(from, new Map(), { beforeSend: undefined as never });
    expect(started.tracker.anonymousId()).toBe('old');
    expect(waiting).toEqual([0]);
    expect(warnings()).toEqual([]);
  });

  it('leaves an installation that has an id its own', async () => {
    const first = launch(undefined);
    const id = first.tracker.anonymousId();
    first.tracker.track('x');
    await flushed(first.tracker);
    first.tracker.destroy();
    expect(launch('old', first.values).tracker.anonymousId()).toBe(id);
  });

  it('is nobody any more after reset()', async () => {
    const { tracker, values } = launch('old');
    tracker.track('x');
    tracker.reset();
    expect(tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
    await flushed(tracker);
    tracker.destroy();
    expect(launch('old', values).tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells no id while consent is pending, stores none, and starts from the old one once it is granted', () => {
    const { tracker, values } = launch('old', new Map(), { consent: 'pending' });
    tracker.track('x');
    expect(tracker.anonymousId()).toBeUndefined();
    expect([...values.values()].join()).not.toContain('old');
    tracker.setConsent('granted');
    expect(tracker.anonymousId()).toBe('old');
  });

  it('does not take up the old id after a denial', () => {
    const from = vi.fn(() => 'old');
    const { tracker } = launch(from, new Map(), { consent: 'denied' });
    tracker.track('x');
    expect(tracker.anonymousId()).toBeUndefined();
    tracker.setConsent('granted');
    expect(tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
    expect(from).not.toHaveBeenCalled();
  });

  it.each([
    ['an empty text', ''],
    ['129 characters', 'x'.repeat(129)],
    ['a number', 7],
    ['a list', ['old']],
  ])('keeps its own in place of %s, and says so', (_, id) => {
    expect(launch(() => id as string).tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
    expect(warnings().join()).toContain('E9 anonymousId.from');
  });

  it('says so where an empty text is given in place of a function', () => {
    expect(launch('').tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
    expect(warnings().join()).toContain('E9 anonymousId.from');
  });

  it('starts from an id of 128 characters', () => {
    expect(launch('x'.repeat(128)).tracker.anonymousId()).toBe('x'.repeat(128));
  });

  it('keeps its own when the other SDK has none or throws', () => {
    expect(launch(() => undefined).tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
    expect(warnings()).toEqual([]);
    const broken = launch(() => {
      throw new Error('not ready');
    });
    expect(broken.tracker.anonymousId()).toMatch(/^[0-9a-f]{32}$/);
    expect(warnings()).toHaveLength(1);
  });

  it('does not bend a sample, whatever the ids begin with', () => {
    let tracked = 0;
    for (let n = 0; n < 400; n++) {
      const { tracker } = startTracker([anonymousId({ from: `1772337600000-${n}` }), sample(0.25)]);
      tracker.track('x');
      tracked += tracker.stats().accepted;
      tracker.destroy();
    }
    expect(tracked).toBeGreaterThan(60);
    expect(tracked).toBeLessThan(140);
  });
});
