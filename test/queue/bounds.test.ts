import { beforeEach, describe, expect, it, vi } from 'vitest';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  spyOnWarnings();
});

/** Events of some 3,200 bytes each. */
const TEXTS = [
  ['of one byte a character', 'x'.repeat(3000)],
  ['of three bytes a character', '品'.repeat(1000)],
] as const;

describe('what waits', () => {
  it.each(TEXTS)('has no more bytes than maxBytes, and as many events as fit, the newest: texts %s', async (_, text) => {
    const { tracker, device } = startTracker([], { options: { maxBytes: 15_000 } });
    device.setNetwork('none');
    for (let i = 0; i < 10; i++) tracker.track(`e${i}`, { text });
    expect(tracker.stats()).toMatchObject({ waiting: 4, dropped: { overflow: 6 } });
    device.setNetwork('wifi');
    await flushed(tracker);
    const names = device.bodies().flatMap(({ batch }) => batch.map(({ name }: { name: string }) => name));
    expect(names).toEqual(['e6', 'e7', 'e8', 'e9']);
  });

  it.each(TEXTS)('has room again for as much as was sent: texts %s', async (_, text) => {
    const { tracker } = startTracker([], { options: { maxBytes: 15_000 } });
    for (let i = 0; i < 20; i++) {
      tracker.track('x', { text });
      if (i % 4 === 3) await flushed(tracker);
    }
    expect(tracker.stats()).toMatchObject({ acknowledged: 20, waiting: 0, dropped: {} });
  });

  it('is told by ten of many when it is dropped', () => {
    const onDrop = vi.fn();
    const { tracker, device } = startTracker([], { options: { onDrop } });
    device.setNetwork('none');
    for (let i = 0; i < 15; i++) tracker.track(`e${i}`);
    tracker.setConsent('denied');
    vi.advanceTimersByTime(1000);
    const [[reason, count, sample]] = onDrop.mock.calls as unknown as [[string, number, string[]]];
    expect([reason, count, sample.length]).toEqual(['denied', 15, 10]);
    expect(sample[0]).toContain('"e0"');
    expect(tracker.stats()).toMatchObject({ accepted: 15, waiting: 0, dropped: { denied: 15 } });
  });
});
