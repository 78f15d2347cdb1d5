import Ajv from 'ajv';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clockOffset } from '../../src/formats/clockOffset';
import { json } from '../../src/formats/json';
import schema from '../../src/formats/json.schema.json';
import { autotrack } from '../../src/plugins/autotrack';
import type { DropReason } from '../../src/types/stats';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

type Schema = { readonly [key: string]: unknown; properties?: Record<string, Schema> };

const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema);
const errorsOf = (body: unknown): string[] => {
  validate(body);
  return (validate.errors || []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const globals = globalThis as unknown as Record<'App' | 'Page' | 'Component', (options: object) => void>;

/** Every path of names in a value; what an app fills in by itself is left out. */
const pathsOf = (value: unknown, at = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, inner]) => [`${at}${name}`, ...pathsOf(inner, `${at}${name}.`)])
    : [];
const documented = ({ properties = {} }: Schema, at = ''): string[] =>
  Object.entries(properties).flatMap(([name, inner]) => [`${at}${name}`, ...documented(inner, `${at}${name}.`)]);

/** A visit with everything in it: pages, taps, a user, two networks, drops, a refused batch, a second launch. */
const visit = async () => {
  const values = new Map<string, string>();
  let status = 503;
  const world = startTracker([autotrack({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true })], {
    values,
    answer: () => ({ status, headers: { Date: new Date(Date.now() + 600_000).toUTCString() } }),
    launchOptions: { path: 'a', scene: 1037, query: { utm_source: 'x' } },
    options: {
      endpoint: { url: ENDPOINT, format: clockOffset(json()) },
      maxEventBytes: 2000,
      beforeSend: (event) => (event.name === 'unwanted' ? null : event),
    },
  });
  const { host, tracker, device } = world;
  globals.App({});
  host.file('a', () => globals.Page({ onTap() {}, onShareAppMessage: () => ({ title: 'a', path: '/a' }) }));
  host.file('b', () => globals.Component({}));
  host.launch({ path: 'a', scene: 1037, query: { utm_source: 'x' }, referrerInfo: { appId: 'wxother' } });
  const page = host.open('a', { id: '1' }) as unknown as Record<string, (event: object) => void>;
  page.onTap?.({ type: 'tap', timeStamp: 1, target: { id: 'x' }, currentTarget: { id: 'x', dataset: { sku: 'A1' } } });
  page.onShareAppMessage?.({ from: 'menu' });
  tracker.identify('u_1', { level: 'gold' });
  device.setNetwork('4g');
  tracker.track('order', { text: '微信😀"}\n', price: 19.9, at: new Date(), list: [1, [2]], none: null });
  for (const name of ['unwanted', 5]) tracker.track(name as string);
  tracker.track('large', { text: 'x'.repeat(3000) });
  host.open('b');
  host.hide();
  await flushed(tracker);
  status = 200;
  await vi.advanceTimersByTimeAsync(60_000);
  host.show();
  await flushed(tracker);
  tracker.destroy();
  vi.unstubAllGlobals();
  const next = startTracker([], { values });
  next.tracker.track('again');
  await flushed(next.tracker);
  return [...device.bodies(), ...next.device.bodies()];
};

beforeEach(() => {
  vi.useFakeTimers();
  spyOnWarnings();
});

describe('json.schema.json', () => {
  it('holds for every batch that a tracker sends', async () => {
    const bodies = await visit();
    expect(bodies.length).toBeGreaterThan(2);
    expect(bodies.flatMap(errorsOf)).toEqual([]);
    // The visit is what it says it is.
    expect(bodies.some(({ contexts }) => contexts.length > 1)).toBe(true);
    expect(bodies.some(({ drops }) => drops.filtered && drops.nameless && drops.too_large)).toBe(true);
    expect(bodies.some(({ clock_offset_ms: offset }) => offset > 0)).toBe(true);
  });

  it('documents each member of what a tracker sends', async () => {
    const bodies = await visit();
    const { definitions } = schema as unknown as { definitions: Record<'event' | 'context', Schema> };
    const sent = new Set<string>();
    for (const body of bodies) {
      for (const name of Object.keys(body)) sent.add(name);
      for (const event of body.batch) for (const name of Object.keys(event)) sent.add(`event.${name}`);
      for (const context of body.contexts) for (const path of pathsOf(context)) sent.add(`context.${path}`);
    }
    const known = [
      ...documented(schema as Schema).filter((name) => !name.includes('.')),
      ...documented(definitions.event, 'event.'),
      ...documented(definitions.context, 'context.'),
    ];
    expect([...sent].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('names every reason to drop an event', () => {
    const reasons: Record<DropReason, true> = {
      overflow: true,
      expired: true,
      rejected: true,
      too_large: true,
      unserializable: true,
      filtered: true,
      corrupt: true,
      denied: true,
      nameless: true,
      unclaimed: true,
    };
    expect(schema.properties.drops.propertyNames.enum.sort()).toEqual(Object.keys(reasons).sort());
  });

  it('describes each member of the envelope and of an event', () => {
    const members = [...Object.entries(schema.properties), ...Object.entries(schema.definitions.event.properties)];
    expect(members.filter(([, member]) => !('description' in member)).map(([name]) => name)).toEqual([]);
  });

  it.each([
    ['an event without id', (body: Body) => delete body.batch[0]?.id],
    ['a time in seconds and parts of them', (body: Body) => Object.assign(body, { sent_at: 1.5 })],
    ['another version', (body: Body) => Object.assign(body, { schema: 'minitrail/2' })],
    ['an unknown reason', (body: Body) => Object.assign(body, { drops: { whim: 1 } })],
    ['no event', (body: Body) => Object.assign(body, { batch: [] })],
    ['an unknown type', (body: Body) => Object.assign(body.batch[0] as object, { type: 'page' })],
    ['a context without visitor', (body: Body) => delete body.contexts[0]?.anonymous_id],
  ])('refuses %s', async (_, spoil) => {
    const { tracker, device } = startTracker();
    tracker.track('x');
    await flushed(tracker);
    const [body] = device.bodies();
    expect(errorsOf(body)).toEqual([]);
    spoil(body);
    expect(errorsOf(body)).not.toEqual([]);
  });
});

interface Body {
  readonly batch: { id?: string }[];
  readonly contexts: { anonymous_id?: string }[];
}
