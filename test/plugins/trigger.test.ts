import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type TriggerRule, trigger } from '../../src/plugins/trigger';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-01-01T08:00:00Z'));
  warnings = spyOnWarnings();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const fired = (events: readonly { name: string; properties: unknown }[]) =>
  events.filter(({ name }) => name === 'trigger_fired').map(({ properties }) => properties);

const HESITATES: Omit<TriggerRule, 'then'> = {
  id: 'hesitates',
  when: { event: 'viewed', by: 'sku', times: 3, withinMs: 600_000 },
  unless: { event: 'added', by: 'sku' },
};
const LEAVES: Omit<TriggerRule, 'then'> = {
  id: 'leaves',
  when: { event: 'added' },
  unless: { event: 'paid', withinMs: 900_000 },
  on: 'shown',
};

describe('trigger', () => {
  it('runs the handler once, for the value that was counted, and tells when it was taken', async () => {
    const then = vi.fn((_: unknown, taken: () => void) => {
      taken();
      taken();
    });
    const { tracker, events } = startTracker([trigger({ rules: [{ ...HESITATES, then }] })]);
    for (const sku of ['a', 'b', 'a', 'b']) tracker.track('viewed', { sku });
    await settled();
    expect(then).not.toHaveBeenCalled();
    for (let i = 0; i < 4; i++) tracker.track('viewed', { sku: 'a', i });
    await settled();
    expect(then.mock.calls.map(([properties]) => properties)).toEqual([{ sku: 'a', i: 0 }]);
    expect(fired(events)).toEqual([
      { rule: 'hesitates', shown: true, taken: false },
      { rule: 'hesitates', shown: true, taken: true },
    ]);
  });

  it('takes an answer of true, or a promise of it, for taken', async () => {
    const rules = [true, Promise.resolve(true), false, 'yes'].map((answer, i) => ({
      id: `r${i}`,
      when: { event: 'x' },
      then: () => answer,
    }));
    const { tracker, events } = startTracker([trigger({ rules })]);
    tracker.track('x');
    await settled();
    expect(fired(events).filter((each) => (each as { taken: boolean }).taken)).toEqual(
      ['r0', 'r1'].map((rule) => ({ rule, shown: true, taken: true })),
    );
  });

  it('waits for the unless, and acts at the next event of on', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger({ rules: [{ ...LEAVES, then }] })]);
    tracker.track('added');
    vi.setSystemTime(Date.now() + 899_999);
    tracker.track('shown');
    await settled();
    expect(then).not.toHaveBeenCalled();
    vi.setSystemTime(Date.now() + 1);
    tracker.track('shown');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 86_400_000);
    tracker.track('added');
    tracker.track('paid');
    vi.setSystemTime(Date.now() + 900_000);
    tracker.track('shown');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('counts only what has the values of where', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger({ rules: [{ id: 'r', when: { event: 'x', where: { big: true } }, then }] })]);
    tracker.track('x');
    tracker.track('x', { big: false });
    await settled();
    expect(then).not.toHaveBeenCalled();
    tracker.track('x', { big: true });
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('holds a stable share of the visitors out', async () => {
    const shown: boolean[] = [];
    for (let i = 0; i < 60; i++) {
      const then = vi.fn();
      const { tracker, events } = startTracker([
        trigger({ rules: [{ id: 'r', when: { event: 'x' }, then, holdout: 0.5, cooldownMs: 1000 }] }),
      ]);
      tracker.track('x');
      await settled();
      vi.setSystemTime(Date.now() + 1000);
      tracker.track('x');
      await settled();
      const [first, second] = fired(events) as { shown: boolean; taken: boolean }[];
      expect(second).toEqual(first);
      expect(then).toHaveBeenCalledTimes(first?.shown ? 2 : 0);
      shown.push(!!first?.shown);
      tracker.destroy();
    }
    expect(new Set(shown)).toEqual(new Set([true, false]));
  });

  it('remembers counts and cool-down over a kill right after the handler, and a clock that was set back', async () => {
    const then = vi.fn();
    const rules = [{ id: 'r', when: { event: 'x', times: 2 }, then, cooldownMs: 10_000 }];
    const first = startTracker([trigger({ rules })]);
    first.tracker.track('x');
    await flushed(first.tracker);
    const second = startTracker([trigger({ rules })], { values: first.device.values });
    second.tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20);
    vi.setSystemTime(Date.now() - 3_600_000);
    const third = startTracker([trigger({ rules })], { values: second.device.values });
    const twice = async () => {
      third.tracker.track('x');
      third.tracker.track('x');
      await settled();
    };
    await twice();
    expect(then).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 10_000);
    await twice();
    expect(then).toHaveBeenCalledTimes(2);
  });

  it('does not know how long ago an event was that the clock puts into the future', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([
      trigger({ rules: [{ id: 'r', when: { event: 'x', times: 2, withinMs: 600_000 }, then }] }),
    ]);
    tracker.track('x');
    vi.setSystemTime(Date.now() - 3_600_000);
    tracker.track('x');
    await settled();
    expect(then).not.toHaveBeenCalled();
    tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('has on record that it fired before the handler runs, for a kill right then', async () => {
    const values = new Map<string, string>();
    const rules = [{ id: 'r', when: { event: 'x' }, then: () => void storedThen.push(new Map(values)) }];
    const storedThen: Map<string, string>[] = [];
    const first = startTracker([trigger({ rules })], { values });
    first.tracker.track('x');
    await settled();
    expect(storedThen).toHaveLength(1);
    const second = startTracker([trigger({ rules })], { values: storedThen[0] as Map<string, string> });
    second.tracker.track('x');
    await settled();
    expect(storedThen).toHaveLength(1);
  });

  it('tells nothing of what somebody takes who was shown it as another visitor', async () => {
    let take = (): void => undefined;
    const then = vi.fn((_: unknown, taken: () => void) => {
      take = taken;
    });
    const { tracker, events } = startTracker([trigger({ rules: [{ id: 'r', when: { event: 'x' }, then }] })]);
    tracker.track('x');
    await settled();
    tracker.reset();
    take();
    await settled();
    expect(fired(events)).toEqual([{ rule: 'r', shown: true, taken: false }]);
  });

  it.each(['pending', 'denied'] as const)('counts and runs nothing while consent is %s', async (consent) => {
    const then = vi.fn();
    const { tracker, events } = startTracker([trigger({ rules: [{ id: 'r', when: { event: 'x', times: 2 }, then }] })], {
      options: { consent },
    });
    tracker.track('x');
    tracker.track('x');
    await settled();
    tracker.setConsent('granted');
    tracker.track('x');
    await settled();
    expect(then).not.toHaveBeenCalled();
    expect(fired(events)).toEqual([]);
    tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('names a handler that throws or rejects once, and goes on', async () => {
    const good = vi.fn();
    const { tracker } = startTracker([
      trigger({
        rules: [
          {
            id: 'throws',
            when: { event: 'x' },
            cooldownMs: 1000,
            then: () => {
              throw new Error('own');
            },
          },
          { id: 'rejects', when: { event: 'x' }, cooldownMs: 1000, then: () => Promise.reject(new Error('own')) },
          { id: 'good', when: { event: 'x' }, cooldownMs: 1000, then: good },
        ],
      }),
    ]);
    for (let i = 0; i < 2; i++) {
      tracker.track('x');
      await settled();
      vi.setSystemTime(Date.now() + 1000);
    }
    expect(good).toHaveBeenCalledTimes(2);
    expect(warnings()).toEqual(['[minitrail] E1 trigger throws Error: own', '[minitrail] E1 trigger rejects Error: own']);
  });

  it('does not run on when a handler tracks what its rule counts', async () => {
    const then = vi.fn(() => tracker.track('x'));
    const { tracker } = startTracker([
      trigger({
        rules: [
          { id: 'r', when: { event: 'x' }, cooldownMs: 0, then },
          { id: 'own', when: { event: 'trigger_fired' }, then },
        ],
      }),
    ]);
    tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('takes rules at run time, with handlers by name, and names those that it cannot use', async () => {
    const coupon = vi.fn();
    const { tracker } = startTracker([trigger({ handlers: { coupon } })]);
    tracker.setRules([
      { id: 'good', when: { event: 'x' }, then: 'coupon' },
      { id: 'unknown', when: { event: 'x' }, then: 'constructor' },
      { id: 'not an id', when: { event: 'x' }, then: 'coupon' },
    ]);
    tracker.setRules(JSON.parse('[{ "id": "good", "when": { "event": "x" }, "then": "coupon" }]'));
    tracker.setRules(undefined as unknown as TriggerRule[]);
    tracker.track('x');
    await settled();
    expect(coupon).toHaveBeenCalledTimes(1);
    expect(warnings().map((text) => text.slice(0, 28))).toEqual([
      expect.stringContaining('E64 unknown'),
      expect.stringContaining('E64 not an id'),
      expect.stringContaining('E64'),
    ]);
  });

  it.each([
    ['times of 0', { when: { event: 'x', times: 0 } }],
    ['times of 21', { when: { event: 'x', times: 21 } }],
    ['times that are text', { when: { event: 'x', times: '2' } }],
    ['a withinMs below 0', { when: { event: 'x', withinMs: -1 } }],
    ['a value of where that is null', { when: { event: 'x', where: { sku: null } } }],
    ['an unless without event', { unless: { by: 'sku' } }],
    ['an unless with a withinMs that is text', { unless: { event: 'y', withinMs: '1' } }],
    ['a cooldownMs that is no number', { cooldownMs: Number.NaN }],
    ['a cooldownMs below 0', { cooldownMs: -1 }],
    ['a holdout over 1', { holdout: 1.1 }],
    ['a holdout below 0', { holdout: -0.1 }],
    ['no event', { when: {} }],
    ['no id', { id: undefined }],
    ['no when', { when: undefined }],
    ['no then', { then: undefined }],
  ])('refuses a rule with %s, says so, and goes by the others', async (_, members) => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger()]);
    tracker.setRules([
      { id: 'bad', when: { event: 'x' }, then, ...members } as unknown as TriggerRule,
      null as unknown as TriggerRule,
      { id: 'good', when: { event: 'x' }, then },
    ]);
    for (let i = 0; i < 3; i++) tracker.track('x', { sku: 'a' });
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
    expect(warnings()).toContainEqual(expect.stringContaining(`E64 ${'id' in members ? members.id : 'bad'}`));
  });

  it('takes null for what is left out, as some servers write it', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger({ handlers: { then } })]);
    tracker.setRules(
      JSON.parse(`[{ "id": "r", "when": { "event": "x", "by": null, "times": null, "withinMs": null, "where": null },
        "unless": null, "on": null, "cooldownMs": null, "holdout": null, "then": "then" },
        { "id": "u", "when": { "event": "y" }, "unless": { "event": "x", "by": null, "withinMs": null }, "then": "then" }]`),
    );
    tracker.track('x');
    await settled();
    vi.setSystemTime(Date.now() + 86_399_999);
    tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 1);
    tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(2);
    expect(warnings()).toEqual([]);
  });

  it('does what a plain reading of the rules does, over any events, times and restarts', async () => {
    const step = fc.record({
      name: fc.constantFrom('viewed', 'viewed', 'viewed', 'added', 'paid', 'shown', 'restart'),
      sku: fc.constantFrom('a', 'b'),
      after: fc.constantFrom(0, 0, 1, 60_000, 300_000, 900_000, 3_600_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const cooldownMs = 1_000_000;
        const seen: string[] = [];
        const rules = [HESITATES, LEAVES].map((rule) => ({
          ...rule,
          cooldownMs,
          then: ({ sku }: Record<string, unknown>) => void seen.push(`${rule.id} ${sku} ${Date.now()}`),
        }));
        let app = startTracker([trigger({ rules })]);
        // The model: all that ever happened, read anew at each event.
        const past: { name: string; sku: string; at: number }[] = [];
        const wanted: string[] = [];
        const last = { hesitates: -Infinity, leaves: -Infinity };
        const used = new Map<string, number>();
        for (const { name, sku, after } of steps) {
          vi.setSystemTime(Date.now() + after);
          if (name === 'restart') {
            await flushed(app.tracker);
            app.tracker.destroy();
            app = startTracker([trigger({ rules })], { values: app.device.values });
            continue;
          }
          const at = Date.now();
          const index = past.push({ name, sku, at }) - 1;
          const since = (key: string, test: (each: (typeof past)[number]) => boolean) =>
            past.filter((_, i) => i > Math.max(used.get(key) ?? -1, past.map(test).lastIndexOf(true)));
          const views = since(`h${sku}`, (each) => each.name === 'added' && each.sku === sku).filter(
            (each) => each.name === 'viewed' && each.sku === sku && at - each.at <= 600_000,
          );
          if (name === 'viewed' && views.length >= 3 && at - last.hesitates >= cooldownMs) {
            wanted.push(`hesitates ${sku} ${at}`);
            last.hesitates = at;
            used.set(`h${sku}`, index);
          }
          const adds = since('l', (each) => each.name === 'paid').filter((each) => each.name === 'added');
          const add = adds[adds.length - 1];
          if (name === 'shown' && add && at - add.at >= 900_000 && at - last.leaves >= cooldownMs) {
            wanted.push(`leaves ${sku} ${at}`);
            last.leaves = at;
            used.set('l', index);
          }
          app.tracker.track(name, { sku });
          await settled();
        }
        app.tracker.destroy();
        expect(seen).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what it stores within its bound', async () => {
    const rules = Array.from({ length: 20 }, (_, i) => ({
      id: `${i}`.padStart(64, 'r'),
      when: { event: 'x', by: 'sku', times: 20 },
      then: () => undefined,
    }));
    const { tracker, device } = startTracker([trigger({ rules })]);
    for (let i = 0; i < 60; i++) tracker.track('x', { sku: `${i % 30}`.padEnd(200, '"') });
    await flushed(tracker);
    const states = [...device.values.values()].map(String).filter((text) => text.includes('"trigger"'));
    expect(states.length).toBeGreaterThan(0);
    for (const text of states)
      expect(JSON.stringify(JSON.parse(text.split('\n')[0] as string).plugins.trigger).length).toBeLessThan(8192);
    expect(warnings()).toEqual([]);
  });
});
