// The examples of the documents for authors, as they stand: a plugin, a format, an adapter, from the root alone.
import { type Adapter, type Format, instrument, type Plugin } from '../../src/index';

/** Tracks `screenshot` with the page that is in sight. */
export interface ScreenshotOptions {
  readonly exclude?: readonly string[];
}

export const screenshot = ({ exclude = [] }: ScreenshotOptions = {}): Plugin => ({
  name: 'screenshot',
  setup({ host, track }) {
    instrument(host);
    const stops = [
      host.on('pageShow', ({ page }) => {
        page.path satisfies string;
        page.query satisfies Readonly<Record<string, string>>;
        // @ts-expect-error The state of a page is the tracker's.
        page.path = '';
      }),
      host.on('call', ({ name, args, page }) => {
        if (name === 'onScreenshot' && page && !exclude.includes(page.path)) track('screenshot', { n: args.length });
      }),
      host.on('appHide', ({ reason }) => reason satisfies number | undefined),
    ];
    // @ts-expect-error No such moment.
    host.on('pageClose', () => {});
    return () => {
      for (const stop of stops) stop();
    };
  },
  enrich: (event) => (event.properties.secret ? null : { ...event, properties: { ...event.properties, build: 7 } }),
});

/** One object per line. */
export const lines = (): Format => ({
  limits: { events: 50, bytes: 64 * 1024 },
  encode: ({ id, events, sentAt, drops }) => ({
    headers: { 'content-type': 'application/x-ndjson', 'x-batch': id, 'x-sent-at': `${sentAt}` },
    body: `${events.map(({ line, context }) => `${line.slice(0, -1)},"context":${context}}`).join('\n')}\n${JSON.stringify(drops)}`,
  }),
  interpret({ status, body }, ids) {
    if (status === 207) return { type: 'ack', rejected: ids.filter((id) => body.includes(id)) };
    return undefined;
  },
});

// @ts-expect-error A format says how much it takes.
export const unlimited: Format = { encode: () => ({ body: '' }) };
export const guessing: Format = {
  limits: { events: 1, bytes: 1 },
  encode: () => ({ body: '' }),
  // @ts-expect-error No such verdict.
  interpret: () => ({ type: 'ok' }),
};

/** A host that the package does not know. */
export const kiosk = (memory: Map<string, string>): Adapter => ({
  platform: 'kiosk',
  api: memory,
  storage: {
    keys: () => [...memory.keys()],
    get: (key) => memory.get(key),
    set: (key, value) => void memory.set(key, value),
    read: (key, done) => done(memory.get(key)),
    write(key, value, done) {
      memory.set(key, value);
      done(true);
    },
    remove(key, done) {
      memory.delete(key);
      done();
    },
  },
  request: ({ url }, done) => done({ status: 204, headers: { url }, body: '' }),
  context: () => ({ app_id: 'kiosk', device: { model: 'wall' } }),
  launchOptions: () => ({ path: 'home', scene: 'door' }),
  onAppShow: () => () => {},
  onAppHide: () => () => {},
  onNetwork(listener) {
    listener('wifi');
    return () => {};
  },
});
