import type { HttpResponse } from '../../src/types/adapter';
import type { Batch } from '../../src/types/format';

export const TS = 1795289870411;
export const IDS = ['6e1c1f0a-53b2-4d1e-a3f1-000000000029', '6e1c1f0a-53b2-4d1e-a3f1-00000000002a'];

export const CONTEXT = {
  anonymous_id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  user_id: 'u_1024',
  platform: 'wechat',
  sdk: 'minitrail/0.1.0',
  network_type: 'wifi',
  app_id: 'wx1234',
  app_version: '1.2.3',
  app_env: 'release',
  host_version: '8.0.50',
  language: 'zh_CN',
  device: {
    brand: 'Maker',
    model: 'M1',
    os: 'Android 14',
    platform: 'android',
    pixel_ratio: 3,
    screen_width: 360,
    screen_height: 780,
  },
  source: { channel: 'qr', utm_source: 'poster' },
};

export const EVENTS = [
  {
    id: IDS[0] as string,
    boot: 3,
    seq: 41,
    type: 'track',
    name: 'add_to_cart',
    ts: TS,
    session_id: 'a1b2c3d4e5f6',
    properties: { sku: 'A1', price: 19.9, count: 2, gift: true, note: '生日快乐 🎂', tags: ['a', 'b'], extra: { deep: null } },
  },
  {
    id: IDS[1] as string,
    boot: 3,
    seq: 42,
    type: 'identify',
    name: 'identify',
    ts: TS + 1000,
    session_id: 'a1b2c3d4e5f6',
    properties: { level: 'gold' },
  },
];

type Loose = Readonly<Record<string, unknown>>;

export const batchOf = (
  events: readonly Loose[] = EVENTS,
  { context = CONTEXT as Loose, ...rest }: Partial<Batch> & { context?: Loose } = {},
): Batch => ({
  id: `${IDS[0]}-1x2y3z`,
  isBinary: () => false,
  events: events.map((event) => ({
    id: `${event.id}`,
    line: JSON.stringify(event),
    context: JSON.stringify(context),
  })),
  sentAt: TS + 5000,
  clockOffsetMs: 0,
  drops: {},
  ...rest,
});

export const answer = (status: number, body = '', headers: Readonly<Record<string, unknown>> = {}): HttpResponse => ({
  status,
  headers,
  body,
});

/** What a `beforeSend` may leave of an event. None of it may throw: the queue would stand still. */
export const SPOILED: readonly Loose[] = [
  { id: IDS[0], boot: 1, seq: 0 },
  { id: IDS[0], boot: 1, seq: 0, name: 'x', ts: Number.NaN, properties: null },
  { id: IDS[0], boot: 1, seq: 0, name: 7, ts: 'yesterday', properties: 'text' },
  { id: IDS[0], boot: 1, seq: 0, name: 'x', ts: 1e300, properties: [1, 2] },
  { id: IDS[0], boot: 1, seq: 0, name: 'x', ts: -5.5, properties: { '': null, __proto__x: 1 } },
];
