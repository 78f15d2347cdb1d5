import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { clickhouse } from '../../src/formats/clickhouse';
import { posthog } from '../../src/formats/posthog';
import { segment } from '../../src/formats/segment';
import { sls } from '../../src/formats/sls';
import type { Endpoint } from '../../src/types/tracker';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, spyOnWarnings } from '../helpers/fakeHostTracker';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = async (endpoint: Endpoint, values = new Map<string, string>()) => {
  const device = createFakeAdapter({ values });
  const tracker = createTracker({ adapter: device.adapter, endpoint, flushIntervalMs: 1000 });
  tracker.track('tap', { n: 1 });
  await vi.advanceTimersByTimeAsync(10_000);
  return { ...device, tracker, values };
};

describe('a format whose option is missing', () => {
  it.each([
    ['segment({ writeKey })', segment({} as never)],
    ['clickhouse({ table })', clickhouse(undefined as never)],
    ['posthog({ apiKey })', posthog({ apiKey: '' })],
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
