import { gunzipSync, strFromU8 } from 'fflate';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { gzip } from '../../src/compress/gzip';
import { createTracker } from '../../src/createTracker';
import { json } from '../../src/formats/json';
import type { HttpRequest, HttpResponse } from '../../src/types/adapter';
import type { Format } from '../../src/types/format';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT } from '../helpers/fakeHostTracker';

const unpack = (bytes: ArrayBuffer | undefined): string => strFromU8(gunzipSync(new Uint8Array(bytes as ArrayBuffer)));
const long = `{"text":"${'生日快乐 🎂 add_to_cart '.repeat(60)}"}`;

/** A format whose body is this text, packed. */
const pack = (body: string, isBinary = true): ArrayBuffer | undefined =>
  gzip({ limits: { events: 1, bytes: 1 }, encode: () => ({ body }) }).encode({
    id: 'b',
    events: [],
    sentAt: 0,
    drops: {},
    isBinary: () => isBinary,
  }).bytes;

describe('gzip', () => {
  it('packs a body so that it unpacks to the same text', () => {
    const bytes = pack(long);
    expect(unpack(bytes)).toBe(long);
    expect((bytes as ArrayBuffer).byteLength).toBeLessThan(long.length / 5);
  });

  it('gives a buffer that holds nothing else, as hosts send all of it', () => {
    const bytes = new Uint8Array(pack(long) as ArrayBuffer);
    expect([...bytes.slice(0, 3)]).toEqual([0x1f, 0x8b, 8]);
    // The last four bytes are the length of what was packed. https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1
    expect(new DataView(bytes.buffer).getUint32(bytes.length - 4, true)).toBe(unpack(bytes.buffer).length + 60 * 10);
  });

  it('leaves bodies under 1 kB alone, by bytes and not by length', () => {
    expect(pack('a'.repeat(1023))).toBeUndefined();
    expect(pack('a'.repeat(1024))).toBeDefined();
    expect(pack('生'.repeat(341))).toBeUndefined();
    expect(pack('生'.repeat(342))).toBeDefined();
  });

  it('gives the same bytes for the same body at any time', () => {
    const first = pack(long);
    vi.useFakeTimers({ now: Date.now() + 86_400_000 });
    const second = pack(long);
    vi.useRealTimers();
    expect(new Uint8Array(second as ArrayBuffer)).toEqual(new Uint8Array(first as ArrayBuffer));
  });
});

describe('gzip(json()) as a format', () => {
  beforeEach(() => void vi.useFakeTimers());

  const start = (
    answer: (request: HttpRequest) => Partial<HttpResponse> = () => ({}),
    { binary = true, format = gzip(json()) as Format } = {},
  ) => {
    const device = createFakeAdapter({ answer });
    const adapter = Object.assign({}, device.adapter, { sendsBinary: () => binary });
    const tracker = createTracker({ adapter, endpoint: { url: ENDPOINT, format }, flushAt: 1000, flushIntervalMs: 60_000 });
    const send = async (count = 20) => {
      for (let i = 0; i < count; i++) tracker.track('tap', { n: i, text: '生日快乐' });
      await vi.advanceTimersByTimeAsync(1000);
      void tracker.flush();
      await vi.advanceTimersByTimeAsync(1000);
    };
    return { requests: device.requests, tracker, send };
  };

  it('sends the packed body and says so in a header', async () => {
    const { requests, tracker, send } = start();
    await send();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
    expect(unpack(requests[0]?.bytes)).toBe(requests[0]?.body);
    expect(tracker.stats()).toMatchObject({ acknowledged: 20, waiting: 0 });
  });

  it('sends small bodies plain', async () => {
    const { requests, send } = start();
    await send(1);
    expect(requests[0]?.bytes).toBeUndefined();
    expect(requests[0]?.headers).not.toHaveProperty('content-encoding');
  });

  it('sends plain where the host cannot send bytes', async () => {
    const { requests, send } = start(undefined, { binary: false });
    await send();
    expect(requests[0]?.bytes).toBeUndefined();
    expect(requests[0]?.headers).not.toHaveProperty('content-encoding');
  });

  it.each([400, 415, 422])('loses nothing to an endpoint that answers packed bodies with %i', async (status) => {
    const { requests, tracker, send } = start(({ bytes }) => ({ status: bytes ? status : 200 }));
    await send();
    await send();
    expect(requests.map(({ bytes }) => !!bytes)).toEqual([true, false, false]);
    expect(tracker.stats()).toMatchObject({ acknowledged: 40, waiting: 0, dropped: {} });
  });

  it('stays packed when a bad event is refused after a packed body was taken', async () => {
    let answers = 0;
    const { requests, tracker, send } = start(() => ({ status: ++answers === 2 ? 413 : 200 }));
    await send();
    await send();
    expect(requests.every(({ bytes }) => bytes)).toBe(true);
    expect(tracker.stats()).toMatchObject({ acknowledged: 40, dropped: {} });
  });

  it.each([199, 300, 500, 1400, 4000])(
    'does not take %i for a body that was read, nor for one that was not',
    async (status) => {
      const interpret = vi.fn(() => undefined);
      const format = gzip({ limits: { events: 1, bytes: 1 }, encode: () => ({ body: long }), interpret } as never);
      const batch = { id: 'b', events: [], sentAt: 0, drops: {}, isBinary: () => true };
      const answer = (by: number): unknown => format.interpret?.({ status: by, headers: {}, body: '' } as never, []);
      expect(format.encode(batch as never).bytes).toBeDefined();
      expect(answer(status)).toBeUndefined();
      expect(format.encode(batch as never).bytes).toBeDefined();
      // Only now.
      expect(answer(400)).toEqual({ type: 'again' });
      expect(format.encode(batch as never).bytes).toBeUndefined();
      expect(interpret).toHaveBeenCalledTimes(1);
    },
  );

  it.each([200, 202, 299])('takes %i for a body that was read, and asks the format about it', (status) => {
    const interpret = vi.fn(() => ({ type: 'success' }));
    const format = gzip({ limits: { events: 1, bytes: 1 }, encode: () => ({ body: long }), interpret } as never);
    const batch = { id: 'b', events: [], sentAt: 0, drops: {}, isBinary: () => true };
    format.encode(batch as never);
    const response = { status, headers: {}, body: '' };
    expect(format.interpret?.(response as never, ['a'])).toEqual({ type: 'success' });
    expect(interpret).toHaveBeenCalledWith(response, ['a']);
    format.interpret?.({ status: 400, headers: {}, body: '' } as never, []);
    expect(format.encode(batch as never).bytes).toBeDefined();
  });

  it('goes plain for good after a refusal, whatever small plain body was taken before', async () => {
    const { requests, tracker, send } = start(({ bytes }) => ({ status: bytes ? 400 : 200 }));
    await send(1);
    await send(5);
    await send();
    await send();
    expect(requests.filter(({ bytes }) => bytes)).toHaveLength(1);
    expect(tracker.stats()).toMatchObject({ acknowledged: 46, waiting: 0, dropped: {} });
  });

  it('sends plain where there are no typed arrays', async () => {
    const { requests, tracker, send } = start();
    vi.stubGlobal('Uint8Array', undefined);
    await send();
    vi.unstubAllGlobals();
    expect(tracker.stats()).toMatchObject({ acknowledged: 20, dropped: {} });
    expect(requests.length).toBeGreaterThan(0);
  });
});
