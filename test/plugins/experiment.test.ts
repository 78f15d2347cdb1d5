import { describe, expect, it, vi } from 'vitest';
import { createHost } from '../../src/instrument/createHost';
import { type ExperimentOptions, experiment } from '../../src/plugins/experiment';
import type { Adapter } from '../../src/types/adapter';
import type { PluginMethods } from '../../src/types/plugin';
import { hashUnit } from '../../src/utils/hashUnit';
import { createLog } from '../../src/utils/log';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

const start = (options: ExperimentOptions, visitor = 'v1') => {
  const events: { name: string; properties: unknown }[] = [];
  let session = 's1';
  let variant: PluginMethods['variant'] = () => undefined;
  const quiet = { onAppShow: () => () => undefined, onAppHide: () => () => undefined } as unknown as Adapter;
  experiment(options).setup?.({
    host: createHost(quiet, createLog()),
    platform: 'wechat',
    api: {},
    later: (run) => run(),
    facts: () => '{}',
    track: (name, properties) => void events.push({ name, properties }),
    consent: () => 'granted',
    visitor: () => visitor,
    session: (id = session) => (session = id),
    setContext: () => undefined,
    memory: { get: () => undefined, set: () => undefined },
    onForget: () => undefined,
    firstVisitor: () => undefined,
    gate: () => undefined,
    mirror: () => undefined,
    pipe: () => ({}) as never,
    expose: (methods: Partial<PluginMethods>) => {
      variant = methods.variant || variant;
    },
  });
  return { variant, events, newSession: () => (session += '+') };
};

/** Chi-square of observed counts against equal or given shares. */
const chiSquare = (observed: readonly number[], expected: readonly number[]): number =>
  observed.reduce((sum, count, i) => sum + (count - (expected[i] as number)) ** 2 / (expected[i] as number), 0);

const IDS = Array.from({ length: 100_000 }, (_, i) => `${(i * 2654435761) >>> 0}`.padStart(32, 'a'));

describe('experiment', () => {
  it('gives a visitor the same variant at every launch', () => {
    const options = { experiments: { coupon: { none: 1, ten_off: 1 } } };
    const first = IDS.slice(0, 200).map((id) => start(options, id).variant('coupon'));
    const again = IDS.slice(0, 200).map((id) => start(options, id).variant('coupon'));
    expect(again).toEqual(first);
    expect(new Set(first)).toEqual(new Set(['none', 'ten_off']));
  });

  it('tracks the exposure once per session and variant', () => {
    const { variant, events, newSession } = start({ experiments: { coupon: { ten_off: 1 } } });
    expect(events).toEqual([]);
    variant('coupon');
    variant('coupon');
    expect(events).toEqual([
      { name: 'experiment_exposure', properties: { experiment: 'coupon', variant: 'ten_off', overridden: false } },
    ]);
    newSession();
    variant('coupon');
    expect(events).toHaveLength(2);
  });

  it('lets the server decide, and tells so', () => {
    let forced: string | undefined = 'ten_off';
    const { variant, events } = start({ experiments: { coupon: { none: 1, ten_off: 0 } }, override: () => forced });
    expect(variant('coupon')).toBe('ten_off');
    forced = undefined;
    expect(variant('coupon')).toBe('none');
    expect(events.map(({ properties }) => properties)).toEqual([
      { experiment: 'coupon', variant: 'ten_off', overridden: true },
      { experiment: 'coupon', variant: 'none', overridden: false },
    ]);
  });

  it.each([Promise.resolve('ten_off'), 7, { variant: 'ten_off' }, true])(
    'goes by the lot when the override answers %o',
    (answer) => {
      const warnings = spyOnWarnings();
      const { variant, events } = start({ experiments: { coupon: { none: 1 } }, override: () => answer as never });
      expect([variant('coupon'), variant('coupon')]).toEqual(['none', 'none']);
      expect(events.map(({ properties }) => properties)).toEqual([
        { experiment: 'coupon', variant: 'none', overridden: false },
      ]);
      expect(warnings()).toEqual([expect.stringContaining('E63 experiment.override')]);
    },
  );

  it.each([undefined, null, ''])('goes by the lot without a word when the override answers %o', (answer) => {
    const warnings = spyOnWarnings();
    const { variant } = start({ experiments: { coupon: { none: 1 } }, override: () => answer as never });
    expect(variant('coupon')).toBe('none');
    expect(warnings()).toEqual([]);
  });

  it('falls back to the lot when the override throws, and names it', () => {
    const warnings = spyOnWarnings();
    const { variant } = start({
      experiments: { coupon: { none: 1 } },
      override: () => {
        throw new Error('no answer yet');
      },
    });
    expect(variant('coupon')).toBe('none');
    expect(warnings()).toEqual([expect.stringContaining('E1 override')]);
  });

  it('gives no variant and no exposure for an experiment that is not named', () => {
    const { variant, events } = start({ experiments: {} });
    expect(variant('nothing')).toBeUndefined();
    expect(events).toEqual([]);
  });

  // Critical values of chi-square at p = 0.001; the ids are fixed, so the test cannot flicker.
  it('splits 100,000 visitors by the weights', () => {
    const options = { experiments: { price: { a: 1, b: 1, c: 2 } } };
    const { length } = IDS;
    const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (const id of IDS) {
      const at = hashUnit(`price:${id}`) * 4;
      counts[at < 1 ? 'a' : at < 2 ? 'b' : 'c'] = (counts[at < 1 ? 'a' : at < 2 ? 'b' : 'c'] || 0) + 1;
    }
    expect(chiSquare([counts.a || 0, counts.b || 0, counts.c || 0], [length / 4, length / 4, length / 2])).toBeLessThan(13.8);
    // The plugin draws by the same rule.
    for (const id of IDS.slice(0, 500)) {
      const at = hashUnit(`price:${id}`) * 4;
      expect(start(options, id).variant('price')).toBe(at < 1 ? 'a' : at < 2 ? 'b' : 'c');
    }
  });

  it('draws one experiment independently of another', () => {
    const table = [0, 0, 0, 0];
    for (const id of IDS) {
      const cell = (hashUnit(`coupon:${id}`) < 0.5 ? 0 : 2) + (hashUnit(`coupon2:${id}`) < 0.5 ? 0 : 1);
      table[cell] = (table[cell] || 0) + 1;
    }
    expect(
      chiSquare(
        table,
        table.map(() => IDS.length / 4),
      ),
    ).toBeLessThan(16.3);
  });

  it('moves nobody when the variants are listed in another order', () => {
    for (const id of IDS.slice(0, 200)) {
      const [one, other] = [
        { a: 1, b: 1, c: 2 },
        { c: 2, b: 1, a: 1 },
      ].map((coupon) => start({ experiments: { coupon } }, id).variant('coupon'));
      expect(one).toBe(other);
    }
  });

  it('tells two experiments with variants of the same name, each once', () => {
    const { variant, events } = start({ experiments: { coupon: { on: 1 }, checkout: { on: 1 } } });
    for (const name of ['coupon', 'checkout', 'coupon', 'checkout']) expect(variant(name)).toBe('on');
    expect(events.map(({ properties }) => properties)).toEqual([
      { experiment: 'coupon', variant: 'on', overridden: false },
      { experiment: 'checkout', variant: 'on', overridden: false },
    ]);
  });

  it.each(['unknown', 'constructor', Symbol('unknown') as unknown as string])('names %s on the console, once', (name) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { variant } = start({ experiments: { coupon: { on: 1 } } });
    expect([variant(name), variant(name)]).toEqual([undefined, undefined]);
    expect(warn.mock.calls.map(([text]) => text)).toEqual([`[minitrail] E61 ${String(name)}`]);
    warn.mockRestore();
  });

  it('gives nobody a variant without weight, and takes no part of the lot for it', () => {
    for (let i = 0; i < 200; i++) {
      const weighed = start({ experiments: { e: { a: 1, b: 1, off: 0, minus: -1 } } }, `v${i}`).variant('e');
      expect(weighed).toBe(start({ experiments: { e: { b: 1, a: 1 } } }, `v${i}`).variant('e'));
    }
  });
});
