import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errors } from '../../src/plugins/errors';
import { experiment } from '../../src/plugins/experiment';
import { launchSource } from '../../src/plugins/launchSource';
import { mirror } from '../../src/plugins/mirror';
import { performance } from '../../src/plugins/performance';
import { redact } from '../../src/plugins/redact';
import { share } from '../../src/plugins/share';
import { tap } from '../../src/plugins/tap';
import { createShare, formatToken } from '../../src/share/token';
import type { Properties } from '../../src/types/event';
import type { Plugin } from '../../src/types/plugin';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';
import { createListeners, startWithApi } from '../helpers/startWithApi';

const globals = globalThis as unknown as { Page(options: object): void };

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-01-01T08:00:00Z'));
  warnings = spyOnWarnings();
});

/** What is no number from 0 on, as a server or a typo may give it. */
const WRONG = [Number.NaN, -1, '30min', null, {}] as unknown as number[];
/** Tracks one event of its own. */
const teller = (properties: Properties): Plugin => ({ name: 'teller', setup: ({ track }) => track('seen', properties) });
const HALF_HOUR = 1_800_000;
const WEEK = 604_800_000;

describe('an option outside of its range leaves the default:', () => {
  it.each(WRONG)('launchSource({ session: { timeoutMs: %s } })', (timeoutMs) => {
    const { host, tracker, events } = startTracker([launchSource({ session: { timeoutMs } })]);
    host.launch();
    for (const away of [HALF_HOUR - 1, HALF_HOUR]) {
      host.hide();
      vi.setSystemTime(Date.now() + away);
      host.show();
      tracker.track(`${away}`);
    }
    expect(new Set(events.map(({ session_id }) => session_id)).size).toBe(2);
  });

  it.each(WRONG)('share({ windowMs: %s })', async (windowMs) => {
    const { host, tracker, device } = startTracker([share({ windowMs })]);
    host.launch({ query: { _mt: formatToken(createShare('somebody')) } });
    tracker.track('in');
    vi.setSystemTime(Date.now() + WEEK);
    host.hide();
    host.show();
    tracker.track('out');
    await flushed(tracker);
    const [first, last] = device
      .bodies()
      .flatMap(({ batch, contexts }) =>
        batch
          .filter(({ type }: { type: string }) => type === 'track')
          .map(({ context }: { context: number }) => typeof contexts[context].share_id),
      );
    expect([first, last]).toEqual(['string', 'undefined']);
  });

  it.each(WRONG)('tap({ maxDatasetBytes: %s })', (maxDatasetBytes) => {
    const { host, sent } = startTracker([tap({ maxDatasetBytes })]);
    host.file('home', () => globals.Page({ onTap() {} }));
    host.launch();
    const page = host.open('home') as unknown as { onTap(event: object): void };
    const send = (sku: string) => page.onTap({ type: 'tap', timeStamp: sku.length, currentTarget: { dataset: { sku } } });
    send('A1');
    expect(sent('tap').dataset).toEqual({ sku: 'A1' });
    send('A'.repeat(1024));
    expect(sent('tap').dataset).toBe(undefined);
    expect(warnings()).toEqual([expect.stringContaining('E60 1024')]);
  });

  it.each([Number.NaN, -1, '1s', null] as unknown as number[])('performance({ slowRequestMs: %s })', (slowRequestMs) => {
    const request = (options: { success?(answer: object): void }) => options.success && options.success({ statusCode: 200 });
    const api = { request };
    startWithApi([performance({ slowRequestMs })], api);
    // Not even looked at.
    expect(api.request).toBe(request);
  });

  it.each(WRONG)('errors({ max: %s })', (max) => {
    const { api, tell } = createListeners(['Error']);
    const { sent } = startWithApi([errors({ max })], api);
    for (let i = 0; i < 30; i++) tell('Error', `${i}`);
    expect(sent('app_error')).toHaveLength(20);
  });
});

describe('a text where a list is wanted is a list of one:', () => {
  const one = (text: string): readonly string[] => text as unknown as readonly string[];
  const open = (plugin: Parameters<typeof startTracker>[0]) => {
    const world = startTracker([plugin]);
    world.host.launch({ query: { utm_source: 'a', utm_term: 'b', coupon: 'c' } });
    return world;
  };

  it('launchSource({ exclude, params })', async () => {
    const { tracker, device } = open([launchSource({ exclude: one('utm_term'), params: one('coupon') })]);
    tracker.track('x');
    await flushed(tracker);
    expect(device.bodies()[0].contexts[0].source).toEqual({ utm_source: 'a', coupon: 'c' });
  });

  it('redact({ keys, query, patterns })', () => {
    const plugin = redact({ keys: one('phone'), query: one('token'), patterns: /\d+/ as unknown as RegExp[] });
    const { sent } = startTracker([teller({ query: { token: 'a', x: 'b 1 2' }, phone: 1 }), plugin]);
    expect(sent('seen')).toEqual({ query: { x: 'b *** ***' } });
  });

  it('redact({ patterns }) of a text that spells one', () => {
    const { sent } = startTracker([teller({ query: { x: 'a1 a2' } }), redact({ patterns: one('a.') as unknown as RegExp[] })]);
    expect(sent('seen')).toEqual({ query: { x: '*** ***' } });
  });

  it('tap({ dataset })', () => {
    const { host, sent } = startTracker([tap({ dataset: one('skuId') })]);
    host.file('home', () => globals.Page({ onTap() {} }));
    host.launch();
    const page = host.open('home') as unknown as { onTap(event: object): void };
    page.onTap({ type: 'tap', timeStamp: 1, currentTarget: { dataset: { skuId: 'A1', sku: 'secret' } } });
    expect(sent('tap').dataset).toEqual({ skuId: 'A1' });
  });
});

describe('what is nothing stands for nothing in a list, as in [isShop && "x"]:', () => {
  const some = (value: unknown): never[] => [false, undefined, null, value] as never[];

  it('redact({ keys, query, patterns })', () => {
    const plugin = redact({ keys: some('phone'), query: some('token'), patterns: some(/\d/) });
    const { sent } = startTracker([teller({ query: { token: 'a', x: 'b1' }, phone: 1, kept: 2 }), plugin]);
    expect(sent('seen')).toEqual({ query: { x: 'b***' }, kept: 2 });
  });

  it('errors({ exclude })', () => {
    const { api, tell } = createListeners(['Error']);
    const { sent } = startWithApi([errors({ exclude: some('left out') })], api);
    for (const message of ['left out', 'false', 'told']) tell('Error', message);
    expect(sent('app_error')).toMatchObject([{ message: 'false' }, { message: 'told' }]);
  });

  it('launchSource({ params, exclude })', async () => {
    const { host, tracker, device } = startTracker([launchSource({ params: some('coupon'), exclude: some('utm_term') })]);
    host.launch({ query: { utm_source: 'a', utm_term: 'b', coupon: 'c' } });
    tracker.track('x');
    await flushed(tracker);
    expect(device.bodies()[0].contexts[0].source).toEqual({ utm_source: 'a', coupon: 'c' });
  });

  it('tap({ kinds, exclude })', () => {
    const { host, names } = startTracker([tap({ kinds: some('submit'), exclude: some('pay') })]);
    host.file('home', () => globals.Page({ onSubmit() {} }));
    host.launch();
    const page = host.open('home') as unknown as { onSubmit(event: object): void };
    page.onSubmit({ type: 'submit', timeStamp: 1, currentTarget: {} });
    expect(names()).toEqual(['tap']);
    expect(warnings()).toEqual([]);
  });
});

it('redact() without options, or with null, masks by its patterns', () => {
  const track = teller({ query: { q: '13800138000' } });
  for (const options of [undefined, null] as never[]) {
    const { sent, tracker } = startTracker([track, redact(options)]);
    expect(sent('seen')).toEqual({ query: { q: '***' } });
    tracker.destroy();
  }
});

it('redact() leaves a query that is text as it is', () => {
  const { sent } = startTracker([teller({ query: 'phone=1' }), redact({ query: ['phone'] })]);
  expect(sent('seen')).toEqual({ query: 'phone=1' });
});

it('experiment takes weights that are text, as some servers write numbers', () => {
  const counts: Record<string, number> = {};
  for (let i = 0; i < 200; i++) {
    const { tracker } = startTracker([
      experiment({ experiments: { e: { a: '9', b: '1' } as unknown as Record<string, number> } }),
    ]);
    const variant = `${tracker.variant('e')}`;
    counts[variant] = (counts[variant] || 0) + 1;
    tracker.destroy();
  }
  expect(Object.keys(counts).sort()).toEqual(['a', 'b']);
  expect(counts.a).toBeGreaterThan(140);
});

describe('mirror', () => {
  it.each([
    ['two of one name', [mirror({ endpoint: 'https://b.example' }), mirror({ endpoint: 'https://c.example' })], '1'],
    ['an empty name', [mirror({ endpoint: 'https://b.example' }), mirror({ name: '', endpoint: 'https://c.example' })], ''],
  ])('refuses the second of %s, and says so', async (_, plugins, name) => {
    const { tracker, device } = startTracker(plugins);
    tracker.track('x');
    await flushed(tracker);
    expect(device.requests.map(({ url }) => url)).toEqual(['https://collect.example.com/v1/events', 'https://b.example']);
    expect(tracker.stats().others).toHaveLength(1);
    expect(warnings()).toEqual([`[minitrail] E63 mirror.name ${name}`.trim()]);
  });

  it('without options names the endpoint that is missing', () => {
    startTracker([mirror(undefined as never)]).tracker.stats();
    expect(warnings()).toEqual([expect.stringContaining('E20')]);
  });
});

it('shareToken() throws for nothing that it is given', () => {
  const { tracker, sent } = startTracker([share()]);
  const asked = {
    get channel(): string {
      throw new Error('own');
    },
  };
  expect(tracker.shareToken(asked)).toBe('');
  expect(warnings()).toEqual([expect.stringContaining('E1 shareToken')]);
  expect(tracker.shareToken(null as never)).toMatch(/^mt\./);
  expect(sent('share').method).toBe('poster');
});
