import { describe, expect, it, vi } from 'vitest';
import { debug } from '../../src/debug';
import { checkOptions, checkRules } from '../../src/debug/checkOptions';
import * as minitrail from '../../src/index';
import type { Plugin } from '../../src/types/plugin';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const { tap, exposure, launchSource, performance, errors, appLifecycle, share } = minitrail as unknown as Record<
  string,
  (options?: object) => Plugin
> as {
  readonly [name in 'tap' | 'exposure' | 'launchSource' | 'performance' | 'errors' | 'appLifecycle' | 'share']: (
    options?: object,
  ) => Plugin;
};

describe('checkOptions', () => {
  it.each<readonly [Plugin, readonly string[]]>([
    [tap({ excludes: ['a'] }), ['tap.excludes']],
    [tap({ exclude: 'pages/a' }), ['tap.exclude']],
    [tap({ kinds: ['submits'] }), ['tap.kinds']],
    [tap({ kinds: ['submit', 'submits'] }), ['tap.kinds']],
    [minitrail.anonymousId({ from: 5 as never }), ['anonymousId.from']],
    [minitrail.anonymousId({ from: 'old' }), []],
    [minitrail.anonymousId({ from: () => 'old' }), []],
    [{ name: 'createTracker', options: { endpoint: 5 } }, ['createTracker.endpoint']],
    [
      { name: 'minitrail', options: { enabled: 0, sampleRate: 0, disabledEvents: 0, rules: 0, tags: 0, other: 0 } },
      ['minitrail.other'],
    ],
    [tap({ exclude: ['pages/a'], dataset: [], maxDatasetBytes: 9, kinds: ['submit'] }), []],
    [tap(), []],
    [tap({ exclude: undefined }), []],
    [tap({ constructor: 1 }), ['tap.constructor']],
    [exposure({ ratio: 50 }), ['exposure.ratio']],
    [exposure({ ratio: 0 }), ['exposure.ratio']],
    [exposure({ durationMs: -1 }), ['exposure.durationMs']],
    ...['.card', ['.card', false], { '*': '.card', 'pages/a': ['.a', '.b'] }].map(
      (selectors) => [exposure({ selectors }), []] as const,
    ),
    ...[5, true, null].map((selectors) => [exposure({ selectors }), ['exposure.selectors']] as const),
    [errors({ exclude: ['a', /b/, false] }), []],
    ...['a', 5].map((exclude) => [errors({ exclude }), ['errors.exclude']] as const),
    [minitrail.experiment({ experiments: { a: { b: 1, c: 0 } } }), []],
    ...['1', '50%', NaN, Infinity, -1].map(
      (b) => [minitrail.experiment({ experiments: { a: { b: b as number, c: 1 } } }), ['experiment.experiments']] as const,
    ),
    [minitrail.experiment({ experiments: { a: ['b', 'c'] as never } }), ['experiment.experiments']],
    [minitrail.experiment({ experiments: { a: 'b' as never } }), ['experiment.experiments']],
    [launchSource({ session: { timeout: 5 } }), ['launchSource.session.timeout']],
    [launchSource({ session: { timeoutMs: '30min' } }), ['launchSource.session.timeoutMs']],
    [performance({ slowRequestMs: 'x' }), ['performance.slowRequestMs']],
    [errors({ max: -1 }), ['errors.max']],
    [share({ window: 1 }), ['share.window']],
    [appLifecycle({ exclude: [] }), []],
    [
      { name: 'endpoint', options: { url: 'https://a.example', timeoutMs: 1000, compress: true } },
      ['endpoint.timeoutMs', 'endpoint.compress'],
    ],
    [{ name: 'of the app', options: { anything: 1 } }, []],
  ])('%# names what is wrong', (plugin, wrong) => {
    expect(checkOptions(plugin).map(([option]) => option)).toEqual(wrong);
  });

  it.each([
    ['an endpoint', { endpoint: { url: 'https://a.example', timeout: 5000 } as never }, 'E63 endpoint.timeout: '],
    ['the tracker', { batchSize: 5 } as never, 'E63 createTracker.batchSize: '],
  ])('names an unknown option of %s', (_, options, text) => {
    const warnings = spyOnWarnings();
    startTracker([], { options: { ...options, debug: debug({ note: () => undefined }) } });
    expect(warnings()).toEqual([expect.stringContaining(text)]);
  });

  it('is asked by the tracker in development, and the plugin goes on with its default', () => {
    const warnings = spyOnWarnings();
    startTracker([exposure({ ratio: 50 })], { options: { debug: debug({ note: () => undefined }) } });
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatch(/^\[minitrail\] E63 exposure\.ratio: .* 50$/s);
  });
});

const taken = () => true;
const rule = (more: object = {}, when: object = {}) => ({
  id: 'r',
  when: { event: 'x', ...when },
  then: taken,
  ...more,
});

describe('checkRules', () => {
  it.each([
    [rule(), []],
    [
      rule({
        unless: { event: ['a', 'b'], by: 'c', withinMs: 0 },
        on: 'y',
        only: { tags: ['vip'] },
        cooldownMs: 1000,
        holdout: 1,
      }),
      [],
    ],
    [rule({}, { event: ['a', 'b'], by: 'c', times: 10, withinMs: 1, session: true, where: { d: 1, e: ['f', 2, false] } }), []],
    [rule({ id: 'with blank' }), ['with blank.id']],
    [rule({ unles: {} }), ['r.unles']],
    [rule({ unless: {} }), ['r.unless.event']],
    [rule({ unless: { event: 'a', within: 5 } }), ['r.unless.within']],
    [rule({ on: ['app_show'] }), ['r.on']],
    [rule({ on: '' }), ['r.on']],
    [rule({ id: null }), ['null.id']],
    [rule({ only: { level: 'gold', tags: { vip: true } } }), ['r.only']],
    [rule({ only: { tags: ['vip', {}] } }), ['r.only']],
    [rule({}, { event: ['a', 5] }), ['r.when.event']],
    [rule({ only: { tags: { vip: true } } }), ['r.only']],
    [rule({ cooldownMs: 5 }), ['r.cooldownMs']],
    [rule({ then: 5 }), ['r.then']],
    [rule({ then: undefined }), ['r.then']],
    [rule({ holdout: 20 }), ['r.holdout']],
    [rule({ when: undefined }), ['r.when']],
    [rule({}, { event: undefined }), ['r.when.event']],
    [rule({}, { event: [] }), ['r.when.event']],
    [rule({}, { times: 21 }), ['r.when.times']],
    [rule({}, { times: 11, event: ['a', 'b'] }), ['r.when.times']],
    [rule({}, { times: '3' }), ['r.when.times']],
    [rule({}, { times: 2.5 }), ['r.when.times']],
    [rule({}, { withinMS: 5 }), ['r.when.withinMS']],
    [rule({}, { session: 'yes' }), ['r.when.session']],
    [rule({}, { where: { a: null } }), ['r.when.where']],
    ['no rule', ['0.id', '0.when', '0.then']],
  ])('%# names what is wrong', (given, wrong) => {
    expect(checkRules([given]).map(([member]) => member)).toEqual(wrong.map((member) => `trigger rule ${member}`));
  });

  it('names a second rule of the same id, and what is more than 20', () => {
    expect(checkRules([rule(), rule({ on: 'y' })])).toEqual([['trigger rule r', rule({ on: 'y' })]]);
    expect(checkRules(Array.from({ length: 22 }, (_, i) => rule({ id: `r${i}` })))).toHaveLength(2);
  });

  it('is not asked for the rules of a plugin of the app', () => {
    const warnings = spyOnWarnings();
    const options = { debug: debug({ note: () => undefined }) };
    startTracker([{ name: 'own', options: { rules: ['a rule of its own'] }, setup: () => undefined }], { options });
    expect(warnings()).toEqual([]);
  });

  it('is asked for the rules of the app, and for those of an answer as they come', async () => {
    vi.useFakeTimers();
    const warnings = spyOnWarnings();
    const options = { debug: debug({ note: () => undefined }) };
    startTracker([minitrail.trigger({ rules: [rule({ holdout: 20 })] })], { options }).tracker.destroy();
    expect(warnings().map((text) => text.slice(0, 40))).toEqual([expect.stringContaining('E63 trigger rule r.holdout')]);
    const remote = minitrail.remoteRules({ handlers: { show: () => true } });
    const { tracker } = startTracker([remote], {
      options: { ...options, endpoint: { url: 'https://a.test', format: remote.reads(minitrail.json()) } },
      answer: () => ({
        body: JSON.stringify({ minitrail: { enabeld: false, rules: [rule({ id: 'remote', then: 'show' }, { tims: 3 })] } }),
      }),
    });
    tracker.track('asks');
    await flushed(tracker);
    const told = warnings()
      .slice(1)
      .map((text) => text.split(':')[0]);
    expect(told.sort()).toEqual(['[minitrail] E63 answer minitrail.enabeld', '[minitrail] E63 trigger rule remote.when.tims']);
    vi.useRealTimers();
  });
});
