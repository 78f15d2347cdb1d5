// A tracker behind the HTTP interface that PostHog's SDK test harness drives
// (https://github.com/PostHog/posthog-sdk-test-harness, ADAPTER_GUIDE.md). Started by posthogSuite.sh.
import { build } from 'esbuild';
import { listen } from './helpers/listen.js';
import { send } from './helpers/send.js';

const { outputFiles } = await build({
  stdin: {
    contents: `
      export { createTracker } from './src/createTracker';
      export { posthog } from './src/formats/posthog';
      export { gzip } from './src/compress/gzip';`,
    resolveDir: new URL('../../', import.meta.url).pathname,
    loader: 'ts',
  },
  bundle: true,
  write: false,
  format: 'esm',
});
const { createTracker, posthog, gzip } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

let tracker;
let setUser;
let next = {};
let ids = [];
let requests = [];

/** A host that is Node: storage in memory, requests by its own HTTP client. */
const createAdapter = () => {
  const values = new Map();
  return {
    platform: 'node',
    api: {},
    sendsBinary: () => true,
    storage: {
      keys: () => [...values.keys()],
      get: (key) => values.get(key) ?? '',
      set: (key, value) => void values.set(key, value),
      read: (key, done) => done(values.get(key)),
      write(key, value, done) {
        values.set(key, value);
        done(true);
      },
      remove(key, done) {
        values.delete(key);
        done();
      },
    },
    request(request, done) {
      void send(request).then((response = { status: 0, headers: {}, body: '' }) => {
        const uuids = JSON.parse(request.body).batch.map(({ uuid }) => uuid);
        requests.push({
          timestamp_ms: Date.now(),
          status_code: response.status,
          retry_attempt: 0,
          event_count: uuids.length,
          uuid_list: uuids,
        });
        done(response);
      });
    },
    context: () => ({}),
    launchOptions: () => ({}),
    onAppShow: () => () => {},
    onAppHide: () => () => {},
    onNetwork(listener) {
      listener('wifi');
      return () => {};
    },
  };
};

const start = ({ api_key, host, flush_at = 100, flush_interval_ms = 5000, enable_compression }) => {
  if (tracker) tracker.destroy();
  ids = [];
  requests = [];
  tracker = createTracker({
    adapter: createAdapter(),
    // The suite sends a single small event and expects it packed.
    endpoint: {
      url: `${host}/batch/`,
      format: posthog({ apiKey: api_key }),
      ...(enable_compression && { compress: { ...gzip(), pack: (body) => gzip().pack(body.padEnd(1024)) } }),
    },
    flushAt: flush_at,
    flushIntervalMs: flush_interval_ms,
    plugins: [{ name: 'user', setup: ({ setContext }) => void (setUser = (user_id) => setContext({ user_id })) }],
    beforeSend: (event) => {
      ids.push(event.id);
      return { ...event, ts: next.timestamp ? Date.parse(next.timestamp) : event.ts };
    },
  });
};

const routes = {
  '/health': () => ({
    sdk_name: 'minitrail',
    sdk_version: '0.1.0',
    adapter_version: '1.0.0',
    capabilities: ['capture_v0', 'encoding_gzip'],
  }),
  '/init': start,
  '/capture'(given) {
    next = given;
    setUser(given.distinct_id);
    tracker.track(given.event, given.properties);
    return { uuid: ids[ids.length - 1] };
  },
  async '/flush'() {
    const { sent } = await tracker.flush();
    return { events_flushed: sent };
  },
  '/state'() {
    const { waiting, acknowledged, accepted } = tracker.stats();
    return {
      pending_events: waiting,
      total_events_captured: accepted,
      total_events_sent: acknowledged,
      total_retries: 0,
      last_error: null,
      requests_made: requests,
    };
  },
  '/reset'() {
    if (tracker) tracker.destroy();
    tracker = undefined;
  },
};

const { url } = await listen(async (request, body, reply) => {
  const result = await routes[request.url](body.length ? JSON.parse(body) : {});
  reply(200, JSON.stringify({ success: true, ...result }), { 'content-type': 'application/json' });
});
console.log(url);
