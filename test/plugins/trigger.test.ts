import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type TriggerRule, trigger } from '../../src/plugins/trigger';
import type { JsonObject } from '../../src/types/json';
import type { Plugin } from '../../src/types/plugin';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';
import { rejectionsOf } from '../helpers/rejections.mjs';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-01-01T08:00:00Z'));
  warnings = spyOnWarnings();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const fired = (events: readonly { name: string; properties: unknown }[]) =>
  events.filter(({ name }) => name === 'trigger_fired').map(({ properties }) => properties);

let sessionCount = 0;
/** `next` begins a session. */
const sessions = (): Plugin => {
  let session = (_id: string): unknown => undefined;
  return {
    name: 'sessions',
    setup(context) {
      session = context.session;
    },
    enrich(event) {
      if (event.name === 'next') session(`s${++sessionCount}`);
      return event;
    },
  };
};
/** `is` puts its `facts` into the context. */
const sources = (): Plugin => {
  let set = (_facts: JsonObject): unknown => undefined;
  return {
    name: 'sources',
    setup(context) {
      set = context.setContext;
    },
    enrich(event) {
      if (event.name === 'is') set(event.properties.facts as JsonObject);
      return event;
    },
  };
};

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

interface Past {
  readonly name: string;
  readonly sku: string;
  readonly at: number;
  readonly ad: boolean;
}

/**
 * The rules read plainly: all that ever happened is kept, and at each event looked at anew. A count is met by a choice of
 * past events in the order of the rule, the last of them now, none of them used or undone.
 */
const createModel = (rules: readonly Omit<TriggerRule, 'then'>[]) => {
  const past: (Past & { readonly session: number; readonly index: number })[] = [];
  const last = new Map<string, number>();
  /** By rule, value and session: until which event all is used. */
  const used = new Map<string, number>();
  /** Counts that were met and wait for `on`: by rule and value, the event that met them last. */
  const waiting = new Map<string, number>();
  let session = 0;
  const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
    value === undefined ? [] : ([] as T[]).concat(value as T);

  const isMetBy = (rule: Omit<TriggerRule, 'then'>, end: number, floor: number): boolean => {
    const { event, times = 1, by, withinMs = Infinity, session: inSession, where } = rule.when;
    const needed = Array.from({ length: times }, () => list(event)).flat();
    const now = past[end] as (typeof past)[number];
    let at = end;
    // From the end backwards, each step by the latest event that will do: no other choice begins later.
    for (const wanted of [...needed].reverse()) {
      const fits = (each: (typeof past)[number]) =>
        each.name === wanted &&
        each.index > floor &&
        (!by || each.sku === now.sku) &&
        (!inSession || each.session === now.session) &&
        Object.entries(where ?? {}).every(([key, values]) => list<unknown>(values).includes(each[key as 'sku']));
      if (wanted === needed[needed.length - 1] && at === end && !fits(now)) return false;
      const found = past
        .slice(0, at + 1)
        .filter(fits)
        .pop();
      if (!found) return false;
      at = found.index - 1;
      if (now.at - found.at > withinMs) return false;
    }
    return true;
  };

  return {
    newSession: () => void session++,
    see(event: Past): string[] {
      const index = past.push({ ...event, session, index: past.length }) - 1;
      const told: string[] = [];
      for (const rule of rules) {
        const { id, when, unless, on, only, cooldownMs = 0 } = rule;
        const keyOf = (sku: string) => `${id} ${when.session ? session : ''} ${when.by ? sku : ''}`;
        const key = keyOf(event.sku);
        if (list(unless?.event).includes(event.name)) {
          for (const each of unless?.by ? [key] : ['a', 'b'].map(keyOf)) {
            used.set(each, index);
            waiting.delete(each);
          }
        }
        const isMet = isMetBy(rule, index, used.get(key) ?? -1);
        if (isMet) waiting.set(key, index);
        const due = on
          ? event.name === on &&
            [...waiting]
              .filter(([each, i]) => each.startsWith(`${id} `) && event.at - (past[i] as Past).at >= (unless?.withinMs ?? 0))
              .pop()?.[0]
          : isMet && key;
        const isCool = event.at - (last.get(id) ?? -Infinity) >= cooldownMs;
        if (!due || !isCool || (only && !event.ad)) continue;
        last.set(id, event.at);
        used.set(due, index);
        waiting.delete(due);
        told.push(`${id} ${event.sku} ${event.at}`);
      }
      return told;
    },
  };
};

describe('trigger', () => {
  it('goes on with the other rules where one is none, or says not when', async () => {
    const then = vi.fn();
    const rules = [
      undefined,
      null,
      false,
      'rule',
      { id: 'bare', on: 'viewed' },
      { id: 'good', when: { event: 'viewed' }, then },
    ];
    const { tracker } = startTracker([trigger({ rules: rules as never })]);
    tracker.track('viewed');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
    expect(warnings()).toEqual([]);
  });

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

  it('hands over the value that was counted: of the event as it is, of one before it by its first 64 characters', async () => {
    const then = vi.fn();
    const rules: TriggerRule[] = [
      { id: 'now', when: { event: 'viewed', by: 'sku' }, then },
      { id: 'later', when: { event: 'viewed', by: 'sku' }, on: 'shown', then },
    ];
    const { tracker } = startTracker([trigger({ rules })]);
    tracker.track('viewed', { sku: 1024 });
    await settled();
    tracker.track('viewed', { sku: `${'s'.repeat(64)}1` });
    tracker.track('shown', { page: 'home', sku: 'other' });
    await settled();
    expect(then.mock.calls.map(([properties]) => properties)).toEqual([{ sku: 1024 }, { page: 'home', sku: 's'.repeat(64) }]);
  });

  it.each([undefined, null, ''])('counts no event whose value of by is %j', async (sku) => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger({ rules: [{ ...HESITATES, then }] })]);
    for (let i = 0; i < 3; i++) tracker.track('viewed', { sku });
    await settled();
    expect(then).not.toHaveBeenCalled();
  });

  it('counts on however many other values are made undone', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger({ rules: [{ ...HESITATES, then }] })]);
    for (let i = 0; i < 2; i++) tracker.track('viewed', { sku: 'a' });
    for (let i = 0; i < 100; i++) tracker.track('added', { sku: `${i}`.padEnd(64, 's') });
    tracker.track('viewed', { sku: 'a' });
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('runs nothing once consent is taken back, though it was met before', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([trigger({ rules: [{ id: 'r', when: { event: 'x' }, then }] })]);
    tracker.track('x');
    tracker.setConsent('denied');
    await settled();
    expect(then).not.toHaveBeenCalled();
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

  it('leaves what a handler throws to the app, as an unhandled rejection, and goes on', async () => {
    const good = vi.fn();
    const throws = () => {
      throw new Error('thrown');
    };
    const { tracker, events } = startTracker([
      trigger({
        rules: [
          { id: 'throws', when: { event: 'x' }, cooldownMs: 1000, then: throws },
          { id: 'rejects', when: { event: 'x' }, cooldownMs: 1000, then: () => Promise.reject(new Error('rejected')) },
          { id: 'good', when: { event: 'x' }, cooldownMs: 1000, then: good },
        ],
      }),
    ]);
    const unhandled = await rejectionsOf(async () => {
      for (let i = 0; i < 2; i++) {
        tracker.track('x');
        await settled();
        vi.setSystemTime(Date.now() + 1000);
      }
      vi.useRealTimers();
    });
    expect(unhandled.sort()).toEqual(['rejected', 'rejected', 'thrown', 'thrown']);
    expect(good).toHaveBeenCalledTimes(2);
    expect(fired(events)).toHaveLength(6);
    expect(warnings()).toEqual([]);
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

  it('reads the rules at each event', async () => {
    const then = vi.fn();
    let rules: TriggerRule[] = [];
    const { tracker } = startTracker([
      trigger({
        get rules() {
          return rules;
        },
      }),
    ]);
    tracker.track('x');
    await settled();
    rules = [{ id: 'r', when: { event: 'x' }, then }];
    expect(then).not.toHaveBeenCalled();
    tracker.track('x');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it.each([{ id: 'bad' }, { id: 'bad', when: null }, { id: 'bad', when: { event: 'y' } }, {}, 'text'])(
    'goes by the others beside %j',
    async (bad) => {
      const then = vi.fn();
      const rules = [bad as unknown as TriggerRule, { id: 'good', when: { event: 'x' }, then }];
      const { tracker } = startTracker([trigger({ rules })]);
      tracker.track('x');
      await settled();
      expect(then).toHaveBeenCalledTimes(1);
      expect(warnings()).toEqual([]);
    },
  );

  it('takes the event in although its rules are none', () => {
    const { tracker, names } = startTracker([trigger(undefined as unknown as { rules: TriggerRule[] })]);
    tracker.track('x');
    expect(names()).toEqual(['x']);
    expect(warnings().map((text) => text.slice(0, 22))).toEqual(['[minitrail] E1 trigger']);
  });

  describe('a number that is none, or out of its range', () => {
    const WRONG = ['x', NaN, -1, {}] as unknown as number[];
    /** How often a rule runs over so many events, so far apart. */
    const runs = async (rule: object, events: number, gapMs = 0) => {
      const then = vi.fn();
      const rules = [{ id: 'r', when: { event: 'x' }, then, ...rule }] as TriggerRule[];
      const { tracker } = startTracker([trigger({ rules })]);
      for (let i = 0; i < events; i++) {
        tracker.track('x');
        await vi.advanceTimersByTimeAsync(gapMs);
      }
      await settled();
      expect(warnings()).toEqual([]);
      return then.mock.calls.length;
    };

    it.each(WRONG)('cools down for a day by cooldownMs: %j, or for the second that is the least', async (cooldownMs) => {
      const hour = 3_600_000;
      const times = cooldownMs === -1 ? 30 : 2;
      expect(await runs({ cooldownMs }, 30, hour)).toBe(times);
      expect(await runs({ id: 's', cooldownMs: 0 }, 4, 500)).toBe(2);
    });

    it.each([...WRONG, 0])('counts to 1 by times: %j', async (times) => {
      expect(await runs({ when: { event: 'x', times } }, 1)).toBe(1);
    });

    it('counts whole times, up to the 20 that it can', async () => {
      const cooldownMs = 1000;
      expect(await runs({ when: { event: 'x', times: 2.5 }, cooldownMs }, 4, 1000)).toBe(2);
      expect(await runs({ when: { event: 'x', times: 99 }, cooldownMs }, 19, 1000)).toBe(0);
      expect(await runs({ when: { event: 'x', times: 99 }, cooldownMs }, 20, 1000)).toBe(1);
    });

    it.each([...WRONG, 0])('has no bound by withinMs: %j', async (withinMs) => {
      expect(await runs({ when: { event: 'x', times: 2, withinMs } }, 2, 60_000)).toBe(1);
    });

    it.each(WRONG)('waits for no unless by withinMs: %j', async (withinMs) => {
      expect(await runs({ on: 'x', unless: { event: 'y', withinMs } }, 1)).toBe(1);
    });

    it.each(WRONG)('holds nobody out by holdout: %j', async (holdout) => {
      expect(await runs({ holdout }, 1)).toBe(1);
    });
  });

  it('knows events that follow each other, others between them, within the time', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([
      trigger({ rules: [{ id: 'r', when: { event: ['a', 'b', 'a'], withinMs: 1000 }, cooldownMs: 1000, then }] }),
    ]);
    const go = async (steps: string) => {
      for (const step of steps) {
        if (step === '+') vi.setSystemTime(Date.now() + 600);
        else tracker.track(step);
      }
      await settled();
      return then.mock.calls.length;
    };
    expect(await go('abx')).toBe(0);
    expect(await go('a')).toBe(1);
    vi.setSystemTime(Date.now() + 5000);
    // One event is one step; the chain that began latest counts.
    expect(await go('bab')).toBe(1);
    vi.setSystemTime(Date.now() + 5000);
    expect(await go('a+b+a')).toBe(1);
    expect(await go('+b+a')).toBe(1);
    expect(await go('ba')).toBe(2);
  });

  it('is met by the last of the events that follow each other, and by no other one', async () => {
    const then = vi.fn();
    const rules = [{ id: 'r', when: { event: ['a', 'b'] }, only: { isReady: true }, then }];
    const { tracker } = startTracker([trigger({ rules }), sources()]);
    tracker.track('a');
    tracker.track('b');
    tracker.track('is', { facts: { isReady: true } });
    tracker.track('a');
    await settled();
    expect(then).not.toHaveBeenCalled();
    tracker.track('b');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('counts within one session where it is asked to', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([
      trigger({
        rules: [{ id: 'r', when: { event: 'x', by: 'sku', times: 2, session: true }, unless: { event: 'y', by: 'sku' }, then }],
      }),
      sessions(),
    ]);
    tracker.track('x', { sku: 'a' });
    tracker.track('next', {});
    tracker.track('x', { sku: 'a' });
    await settled();
    expect(then).not.toHaveBeenCalled();
    tracker.track('y', { sku: 'a' });
    tracker.track('x', { sku: 'a' });
    await settled();
    expect(then).not.toHaveBeenCalled();
    tracker.track('x', { sku: 'a' });
    await settled();
    expect(then.mock.calls.map(([properties]) => properties)).toEqual([{ sku: 'a' }]);
  });

  it('fires only for a source and a visit that are asked for', async () => {
    const then = vi.fn();
    const only = { 'source.channel_group': ['ad', 'search'], session_index: 2 };
    const { tracker } = startTracker([trigger({ rules: [{ id: 'r', when: { event: 'x' }, only, then }] }), sources()]);
    const steps = [
      [{}, 0],
      [{ source: { channel_group: 'ad' }, session_index: 1 }, 0],
      [{ source: { channel_group: 'scan' }, session_index: 2 }, 0],
      [{ source: 'ad', session_index: 2 }, 0],
      [{ source: { channel_group: 'search' }, session_index: 2 }, 1],
    ] as const;
    for (const [facts, times] of steps) {
      tracker.track('is', { facts });
      tracker.track('x');
      await settled();
      expect(then).toHaveBeenCalledTimes(times);
    }
  });

  it('counts what any of several events makes undone, and what is among the values of where', async () => {
    const then = vi.fn();
    const { tracker } = startTracker([
      trigger({
        rules: [
          {
            id: 'r',
            when: { event: 'x', times: 2, where: { kind: ['a', 'b'], 'nested.deep': 1 } },
            unless: { event: ['paid', 'emptied'] },
            then,
          },
        ],
      }),
    ]);
    const x = (kind: string, deep = 1) => tracker.track('x', { kind, nested: { deep } });
    for (const undoing of ['paid', 'emptied']) {
      x('a');
      tracker.track(undoing);
    }
    x('c');
    x('a', 2);
    x('a');
    await settled();
    expect(then).not.toHaveBeenCalled();
    x('b');
    await settled();
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('does what a plain reading of the rules does, over any events, times and restarts', async () => {
    const step = fc.record({
      name: fc.constantFrom('viewed', 'viewed', 'viewed', 'added', 'paid', 'shown', 'restart', 'next', 'is'),
      sku: fc.constantFrom('a', 'b'),
      after: fc.constantFrom(0, 0, 1, 60_000, 300_000, 900_000, 3_600_000),
      ad: fc.boolean(),
    });
    const cooldownMs = 1_000_000;
    const handled: Omit<TriggerRule, 'then'>[] = [
      HESITATES,
      LEAVES,
      {
        id: 'in_session',
        when: { event: 'viewed', by: 'sku', times: 2, session: true },
        unless: { event: ['added', 'paid'], by: 'sku' },
      },
      { id: 'follows', when: { event: ['viewed', 'added', 'viewed'], withinMs: 400_000 }, only: { 'source.group': ['ad'] } },
      { id: 'both', when: { event: ['added', 'paid'], times: 2, where: { sku: ['a'] } }, on: 'shown' },
    ].map((rule) => ({ ...rule, cooldownMs }));

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const seen: string[] = [];
        const rules = handled.map((rule) => ({
          ...rule,
          then: ({ sku }: Record<string, unknown>) => void seen.push(`${rule.id} ${sku} ${Date.now()}`),
        }));
        const plugins = () => [trigger({ rules }), sessions(), sources()];
        let app = startTracker(plugins());
        const wanted: string[] = [];
        const model = createModel(handled);
        let ad = false;
        for (const { name, sku, after, ad: isAd } of steps) {
          vi.setSystemTime(Date.now() + after);
          if (name === 'restart') {
            await flushed(app.tracker);
            app.tracker.destroy();
            app = startTracker(plugins(), { values: app.device.values });
            ad = false;
            model.newSession();
            continue;
          }
          if (name === 'is') ad = isAd;
          wanted.push(...model.see({ name, sku, at: Date.now(), ad }));
          if (name === 'next') model.newSession();
          app.tracker.track(name, { sku, facts: { source: { group: ad ? 'ad' : 'scan' } } });
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
