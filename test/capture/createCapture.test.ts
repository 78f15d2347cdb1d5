import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Capture, createCapture } from '../../src/capture/createCapture';
import { createLog } from '../../src/utils/log';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

let capture: Capture;
let warnings: () => string[];
const fail = (): never => {
  throw new Error('not ready');
};
const broken = (name: string) => Object.defineProperty({}, name, { enumerable: true, get: fail });
const textOf = (properties?: unknown) => JSON.parse(capture('track', 'looked', properties).text ?? 'null');

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_795_289_870_000);
  warnings = spyOnWarnings();
  capture = createCapture(createLog());
});

describe('createCapture', () => {
  it('is the event as it was called, with the time of now unless another is given', () => {
    const event = { type: 'track', name: 'looked', text: '{"sku":"A1"}' };
    expect(capture('track', ' looked\n', { sku: 'A1' }, true)).toEqual({ ...event, ts: 1_795_289_870_000, durable: true });
    expect(capture('track', 'looked', { sku: 'A1' }, false, 5)).toEqual({ ...event, ts: 5, durable: false });
    expect(capture('track', 'looked', null)).toMatchObject({ text: '{}' });
    expect(warnings()).toEqual([]);
  });

  it('takes a name of 256 characters, and the first 256 of a longer one with a warning', () => {
    const name = 'n'.repeat(256);
    expect(capture('track', name).name).toBe(name);
    expect(warnings()).toEqual([]);
    expect(capture('track', `${name}n`).name).toBe(name);
    expect(warnings()).toEqual([`[minitrail] E10 ${'n'.repeat(40)}`]);
  });

  it.each([
    [7, 'number'],
    [undefined, 'undefined'],
    [' ', 'string'],
  ])('has no name for %s, and says what it is', (name, type) => {
    expect(capture('track', name).name).toBe('');
    expect(warnings()).toEqual([`[minitrail] E10 ${type}`]);
  });

  it('names the event whose properties cannot be read', () => {
    const properties = new Proxy({}, { ownKeys: fail });
    expect(capture('track', 'looked', properties).text).toBeUndefined();
    expect(warnings().join()).toContain('E1 track looked');
  });

  it('puts registered properties under those of events, and not on the visitor', () => {
    capture.register({ plan: 'free', sku: 'none', cart: () => 3 });
    expect(textOf({ sku: 'A1' })).toEqual({ plan: 'free', sku: 'A1', cart: 3 });
    capture.unregister('plan');
    expect(textOf()).toEqual({ sku: 'none', cart: 3 });
    for (const type of ['identify', 'profile'] as const) expect(capture(type, 'x', {}).text).toBe('{}');
    capture.clear();
    expect(textOf()).toEqual({});
  });

  it('names a registered property that cannot be read, now or later, and goes on with the others', () => {
    capture.register({ a: 1, late: fail });
    capture.register(Object.assign(broken('early'), { b: 2 }));
    expect(textOf()).toEqual({ a: 1, b: 2 });
    expect(warnings().map((each) => each.slice(0, 30))).toEqual([
      expect.stringContaining('E1 register early'),
      expect.stringContaining('E1 register late'),
    ]);
  });
});
