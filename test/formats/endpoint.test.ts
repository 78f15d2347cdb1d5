import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { clickhouse } from '../../src/formats/clickhouse';
import { cloudevents } from '../../src/formats/cloudevents';
import { json } from '../../src/formats/json';
import { ndjson } from '../../src/formats/ndjson';
import { otlp } from '../../src/formats/otlp';
import { posthog } from '../../src/formats/posthog';
import { segment } from '../../src/formats/segment';
import { sls } from '../../src/formats/sls';
import { tls } from '../../src/formats/tls';
import type { Endpoint } from '../../src/types/options';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, spyOnWarnings } from '../helpers/fakeHostTracker';

beforeEach(() => void vi.useFakeTimers());

const start = async (endpoint: Endpoint, values = new Map<string, string>()) => {
  const device = createFakeAdapter({ values });
  const tracker = createTracker({ adapter: device.adapter, endpoint, flushIntervalMs: 1000 });
  tracker.track('tap', { n: 1 });
  await vi.advanceTimersByTimeAsync(10_000);
  return { ...device, tracker, values };
};

describe('a format that is given nothing', () => {
  it.each([json, ndjson, cloudevents, otlp, sls, tls])('is the one without options: %o', async (format) => {
    const { bodies } = await start({ url: ENDPOINT, format: format(null as never) });
    expect(bodies()).toHaveLength(1);
  });
});

describe('a format whose option is missing', () => {
  it.each([
    ['segment({ writeKey })', segment({} as never)],
    ['clickhouse({ table })', clickhouse(undefined as never)],
    ['posthog({ apiKey })', posthog({ apiKey: '' })],
    ['E90 format', segment as never],
    ['E90 format', 'segment' as never],
    ['E90 format', null as never],
    ['E90 format', { encode: () => ({ body: '' }) } as never],
    ['E90 format', { limits: { events: 10, bytes: 1000 } } as never],
  ])('%s is named on the console, and the events wait for the release that brings it', async (name, format) => {
    const warnings = spyOnWarnings();
    const broken = await start({ url: ENDPOINT, format });
    expect(warnings().join()).toContain(name);
    expect(broken.requests).toEqual([]);
    expect(broken.tracker.stats()).toMatchObject({ state: 'stopped', waiting: 1, stored: 1, dropped: {} });
    broken.tracker.destroy();

    const mended = await start({ url: ENDPOINT, format: segment({ writeKey: 'KEY' }) }, broken.values);
    const sent = mended.requests.flatMap(({ body }) =>
      JSON.parse(body).batch.map(({ messageId }: { messageId: string }) => messageId),
    );
    expect(new Set(sent).size).toBe(2);
    expect(mended.tracker.stats()).toMatchObject({ waiting: 0, acknowledged: 2 });
  });
});

describe('the query of a format', () => {
  it('is appended to the URL of the endpoint', async () => {
    const { requests } = await start({ url: ENDPOINT, format: sls() });
    expect(requests[0]?.url).toBe(`${ENDPOINT}?APIVersion=0.6.0`);
  });

  it('follows a query that the URL has', async () => {
    const { requests } = await start({ url: `${ENDPOINT}?tenant=1`, format: sls() });
    expect(requests[0]?.url).toBe(`${ENDPOINT}?tenant=1&APIVersion=0.6.0`);
  });
});

describe('the bodies of formats that repeat the context', () => {
  const rows = {
    clickhouse: () => clickhouse({ table: 'events' }),
    cloudevents,
    ndjson,
    otlp,
    posthog: () => posthog({ apiKey: 'k' }),
    segment: () => segment({ writeKey: 'k' }),
    sls,
    tls,
  };
  it.each(Object.entries(rows))('of %s hold as many events as 64 KB of lines', async (_, format) => {
    const device = createFakeAdapter({});
    const tracker = createTracker({ adapter: device.adapter, endpoint: { url: ENDPOINT, format: format() }, flushAt: 1000 });
    for (let i = 0; i < 40; i++) tracker.track('tap', { text: 'x'.repeat(4000) });
    const flushing = tracker.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    await flushing;
    expect(tracker.stats()).toMatchObject({ acknowledged: 40, waiting: 0 });
    const sizes = device.requests.map(({ body }) => body.split('x'.repeat(4000)).length - 1).filter((count) => count > 1);
    // 15 lines of a little over 4,000 bytes are below 64 KB; with a context each, a few less may be.
    expect(Math.max(...sizes)).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThan(17);
  });
});
