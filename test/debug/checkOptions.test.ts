import { describe, expect, it } from 'vitest';
import { debug } from '../../src/debug';
import { checkOptions } from '../../src/debug/checkOptions';
import * as minitrail from '../../src/index';
import type { Plugin } from '../../src/types/plugin';
import { spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const { tap, exposure, launchSource, performance, errors, appLifecycle, share } = minitrail as unknown as Record<
  string,
  (options?: object) => Plugin
> as {
  readonly [name in 'tap' | 'exposure' | 'launchSource' | 'performance' | 'errors' | 'appLifecycle' | 'share']: (
    options?: object,
  ) => Plugin;
};

describe('checkOptions', () => {
  it.each([
    [tap({ excludes: ['a'] }), ['tap.excludes']],
    [tap({ exclude: 'pages/a' }), ['tap.exclude']],
    [tap({ kinds: ['submits'] }), ['tap.kinds']],
    [tap({ exclude: ['pages/a'], dataset: [], maxDatasetBytes: 9, kinds: ['submit'] }), []],
    [tap(), []],
    [tap({ exclude: undefined }), []],
    [tap({ constructor: 1 }), ['tap.constructor']],
    [exposure({ ratio: 50 }), ['exposure.ratio']],
    [exposure({ ratio: 0 }), ['exposure.ratio']],
    [exposure({ durationMs: -1 }), ['exposure.durationMs']],
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
