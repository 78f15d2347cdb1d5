import { beforeEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../src/formats/json';
import { remoteSwitch } from '../../src/plugins/remoteSwitch';
import type { HttpResponse } from '../../src/types/adapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const DAY_MS = 86_400_000;
let warnings: () => string[];
let answer: Partial<HttpResponse>;
const says = (minitrail: unknown, status = 200): void => {
  answer = { status, body: JSON.stringify({ minitrail }) };
};

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
  answer = {};
});

const launch = (values = new Map<string, string>(), holdMs = DAY_MS) => {
  const remote = remoteSwitch({ holdMs });
  const options = { endpoint: { url: ENDPOINT, format: remote.reads(json()) } };
  return { ...startTracker([remote], { values, options, answer: () => answer }), values };
};
const hear = async ({ tracker }: ReturnType<typeof launch>): Promise<void> => {
  tracker.track('asks');
  await flushed(tracker);
};
const namesSent = ({ device }: ReturnType<typeof launch>) =>
  device.bodies().flatMap(({ batch }) => batch.map(({ name }: { name: string }) => name));

describe('remoteSwitch', () => {
  it('stays switched off over reset() and the launch after it: it is about the app and not about the visitor', async () => {
    const first = launch();
    says({ enabled: false });
    await hear(first);
    first.tracker.reset();
    await vi.advanceTimersByTimeAsync(2000);
    first.tracker.destroy();
    const second = launch(first.values);
    second.tracker.track('x');
    expect(second.tracker.stats().accepted).toBe(0);
  });

  it('remembers what an answer says while it is switched off', async () => {
    const first = launch();
    for (const name of ['one', 'two']) first.tracker.track(name);
    says({ enabled: false });
    await flushed(first.tracker);
    // To what was captured before.
    const remote = remoteSwitch();
    const format = remote.reads(json());
    const own = { endpoint: { url: ENDPOINT, format } };
    const second = startTracker([remote], { values: first.values, options: { ...own, namespace: 'minitrail' } });
    second.tracker.track('x');
    expect(second.tracker.stats().accepted).toBe(0);
    format.interpret?.({ status: 200, headers: {}, body: '{"minitrail":{}}' }, []);
    await vi.advanceTimersByTimeAsync(2000);
    second.tracker.destroy();
    const third = launch(first.values);
    third.tracker.track('x');
    expect(third.tracker.stats().accepted).toBe(1);
  });

  it('does not believe an answer of a time to come, after the clock was set back', async () => {
    const first = launch();
    says({ enabled: false });
    await hear(first);
    first.tracker.destroy();
    vi.setSystemTime(Date.now() - 7 * DAY_MS);
    const second = launch(first.values);
    second.tracker.track('x');
    expect(second.tracker.stats().accepted).toBe(1);
  });

  it.each([59_999, 7 * DAY_MS + 1, Number.NaN, '1h' as unknown as number, '100000' as unknown as number])(
    'with holdMs %s holds for a day, and says so',
    async (holdMs) => {
      const first = launch(new Map(), holdMs);
      expect(warnings()).toEqual([`[minitrail] E4 remoteSwitch.holdMs ${holdMs}`]);
      says({ enabled: false });
      await hear(first);
      vi.setSystemTime(Date.now() + DAY_MS - 1000);
      first.tracker.track('x');
      expect(first.tracker.stats().accepted).toBe(1);
      vi.setSystemTime(Date.now() + 1000);
      first.tracker.track('x');
      expect(first.tracker.stats().accepted).toBe(2);
    },
  );

  it('drops disabled events, and counts them', async () => {
    const world = launch();
    says({ disabledEvents: ['tap', 'x'] });
    await hear(world);
    for (const name of ['x', 'y']) world.tracker.track(name);
    await flushed(world.tracker);
    expect(namesSent(world)).toEqual(['asks', 'y']);
    expect(world.tracker.stats().dropped).toEqual({ filtered: 1 });
  });

  it('collects nothing more when it is switched off, and still sends what was captured before', async () => {
    const world = launch();
    says({ enabled: false }, 503);
    world.tracker.track('before');
    await flushed(world.tracker);
    world.tracker.track('after');
    expect(world.tracker.stats()).toMatchObject({ accepted: 1, acknowledged: 0, waiting: 1 });
    says({ enabled: false });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(new Set(namesSent(world))).toEqual(new Set(['before']));
    expect(world.tracker.stats()).toMatchObject({ accepted: 1, acknowledged: 1, waiting: 0, dropped: {} });
  });

  it('holds over launches, and asks again when its time is over', async () => {
    const first = launch();
    says({ enabled: false });
    await hear(first);
    first.tracker.destroy();
    const second = launch(first.values);
    second.tracker.track('off');
    expect(second.tracker.stats().accepted).toBe(0);
    await vi.advanceTimersByTimeAsync(DAY_MS + 1000);
    says({});
    await hear(second);
    second.tracker.track('on');
    await flushed(second.tracker);
    expect(namesSent(second)).toEqual(['asks', 'on']);
  });

  it.each([
    ['a reset', ({ tracker }: ReturnType<typeof launch>) => tracker.reset()],
    [
      'a denial',
      ({ tracker }: ReturnType<typeof launch>) => ['denied', 'granted'].map((each) => tracker.setConsent(each as 'denied')),
    ],
  ])('stays off where %s is the first that the next launch says', async (_, say) => {
    const first = launch();
    says({ enabled: false });
    await hear(first);
    first.tracker.destroy();
    const second = launch(first.values);
    say(second);
    second.tracker.track('x');
    expect(second.tracker.stats().accepted).toBe(0);
  });

  it('stays off for the next visitor of the phone', async () => {
    const world = launch();
    says({ enabled: false });
    await hear(world);
    world.tracker.reset();
    world.tracker.track('x');
    world.tracker.setConsent('denied');
    world.tracker.setConsent('granted');
    world.tracker.track('y');
    expect(world.tracker.stats().accepted).toBe(1);
  });

  it('keeps what an answer said until another one says otherwise', async () => {
    const world = launch();
    says({ disabledEvents: ['x'] });
    await hear(world);
    answer = { body: '{"ok":true}' };
    await hear(world);
    world.tracker.track('x');
    expect(world.tracker.stats().dropped).toEqual({ filtered: 1 });
    says({ disabledEvents: ['y'] });
    await hear(world);
    world.tracker.track('x');
    expect(world.tracker.stats().dropped).toEqual({ filtered: 1 });
  });

  it('takes a share of the visitors, each always or never', async () => {
    let tracked = 0;
    for (let n = 0; n < 200; n++) {
      const world = launch();
      says({ sampleRate: 0.25 });
      await hear(world);
      for (let i = 0; i < 3; i++) world.tracker.track('x');
      const { accepted } = world.tracker.stats();
      expect([1, 4]).toContain(accepted);
      tracked += +(accepted === 4);
      world.tracker.destroy();
    }
    expect(tracked).toBeGreaterThan(20);
    expect(tracked).toBeLessThan(85);
  });

  it.each([60_000, 7 * DAY_MS])('with holdMs %d holds from the answer on and for as long', (holdMs) => {
    const remote = remoteSwitch({ holdMs });
    const format = remote.reads(json());
    const { tracker } = startTracker([remote], { options: { endpoint: { url: ENDPOINT, format } } });
    format.interpret?.({ status: 200, headers: {}, body: '{"minitrail":{"enabled":false}}' }, []);
    for (const [after, accepted] of [
      [0, 0],
      [holdMs - 1, 0],
      [1, 1],
    ] as const) {
      vi.setSystemTime(Date.now() + after);
      tracker.track('x');
      expect(tracker.stats().accepted).toBe(accepted);
    }
    expect(warnings()).toEqual([]);
  });

  it.each([
    [0, 0],
    [1, 1],
  ])('takes a sampleRate of %d', async (sampleRate, more) => {
    const world = launch();
    says({ sampleRate });
    await hear(world);
    world.tracker.track('x');
    expect(world.tracker.stats().accepted).toBe(1 + more);
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['a rate that is none', { sampleRate: 7 }],
    ['a rate below 0', { sampleRate: -0.1 }],
    ['a list with a member that is no name', { disabledEvents: ['x', 7] }],
    ['a list that is none', { disabledEvents: 'x' }],
    ['a switch that is none', { enabled: 'false' }],
    ['no object', 'off'],
  ])('ignores %s, and says so', async (_, rules) => {
    const world = launch();
    says(rules);
    await hear(world);
    world.tracker.track('x');
    expect(world.tracker.stats()).toMatchObject({ accepted: 2, dropped: {} });
    expect(warnings().join()).toContain('remoteSwitch');
  });

  it('takes null for left out: some servers write it, and a phone that it switched off would ask nobody any more', async () => {
    const world = launch();
    says({ enabled: null, sampleRate: null, disabledEvents: null });
    await hear(world);
    world.tracker.track('x');
    expect(world.tracker.stats()).toMatchObject({ accepted: 2, dropped: {} });
    expect(warnings()).toEqual([]);
  });

  it('does not mind answers that are no JSON', async () => {
    const world = launch();
    answer = { body: '<html>"minitrail"</html>' };
    await hear(world);
    world.tracker.track('x');
    expect(world.tracker.stats().accepted).toBe(2);
    expect(warnings()).toEqual([]);
  });
});
