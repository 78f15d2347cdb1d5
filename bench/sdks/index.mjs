import { readFileSync } from 'node:fs';

export { EVENT } from '../host/events.mjs';

const versionOf = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version;
const bytesOf = (value) => Buffer.byteLength(JSON.stringify(value));

/**
 * The SDKs: their settings here, whether an event survives the process before it is sent, the body of an answer that each
 * takes for a success, and how to read what it sends: `events` of one request, each with its `id` (what a server can drop
 * repeats by), its name, the number that the benchmark gave it, and its own bytes.
 */
export const SDKS = {
  minitrail: {
    label: 'minitrail',
    version: versionOf('../../package.json'),
    settings:
      'the everyday set: appLifecycle, pageView, pageLeave, tap, share, launchSource with the groups of WeChat; all else by default',
    stores: 'every event, within a second',
    answer: '{}',
    tap: 'tap',
    hasIds: true,
    events: ({ body }) =>
      JSON.parse(body).batch.map(({ context: _, ...event }) => ({
        id: event.id,
        name: event.name,
        number: event.properties.number,
        bytes: bytesOf(event),
      })),
  },
  sensors: {
    label: 'Sensors',
    package: 'sa-sdk-miniprogram',
    version: versionOf('../node_modules/sa-sdk-miniprogram/package.json'),
    settings: 'batches (its default); autoTrack in full: launch, show, hide, page show and leave, share, taps, favourites',
    stores: 'every event, at once or each 0.5 s, synchronously',
    answer: '{"code":200}',
    tap: '$MPClick',
    hasIds: true,
    events: ({ body }) =>
      JSON.parse(Buffer.from(decodeURIComponent(body.replace(/^data_list=/, '')), 'base64').toString()).map((event) => ({
        id: `${event._track_id}`,
        name: event.event,
        number: event.properties.number,
        bytes: bytesOf(event),
      })),
  },
  umeng: {
    label: 'Umeng',
    package: 'umtrack-wx',
    version: versionOf('../node_modules/umtrack-wx/package.json'),
    settings: 'as its guide has it, batches by itself; no openid; it tracks no taps',
    stores: 'nothing until the app is hidden',
    answer: '{"code":200}',
    tap: undefined,
    hasIds: false,
    // Other requests than these look for the endpoint that answers.
    events: ({ url, body }) =>
      /wxm_logs/.test(url)
        ? Object.values(JSON.parse(body).a?.e || {})
            .flat()
            .map((event) => ({ id: undefined, name: event.id, number: event.number, bytes: bytesOf(event) }))
        : [],
  },
  rangers: {
    label: 'DataRangers',
    package: '@datarangers/sdk-mp',
    version: versionOf('../node_modules/@datarangers/sdk-mp/package.json'),
    settings: 'esm/wx with the plugins auto, compensate, utm; enable_buffer; auto_report with clicks',
    stores: 'only what failed to be sent',
    answer: '{"e":0,"web_id":"7412345678901234567"}',
    tap: 'bav2b_click',
    hasIds: false,
    events: ({ url, body }) =>
      /\/list\//.test(url)
        ? JSON.parse(body)
            .flatMap(({ events }) => events)
            .map((event) => ({
              id: undefined,
              name: event.event,
              number: JSON.parse(event.params).number,
              bytes: bytesOf(event),
            }))
        : [],
  },
  youshu: {
    label: 'Youshu',
    package: 'sr-sdk-wxapp',
    version: versionOf('../node_modules/sr-sdk-wxapp/package.json'),
    settings: 'autoProxy with autoTrack and openSdkShareDepth; no log-in for an openid',
    stores: 'its counters, synchronously; no event',
    answer: '{"code":0}',
    tap: 'element',
    hasIds: true,
    events: ({ method, url, body }) =>
      method === 'POST' && /report/.test(url)
        ? JSON.parse(body).map((event) => ({
            id: `${event.tracking_id} ${event.log_id}`,
            name: event.type,
            number: event.props.number,
            bytes: bytesOf(event),
          }))
        : [],
  },
  aegis: {
    label: 'Aegis',
    package: 'aegis-mp-sdk',
    version: versionOf('../node_modules/aegis-mp-sdk/package.json'),
    settings:
      'reportApiSpeed, spa; gzip off, as all run without; an event has no properties: they go as JSON into one text; it tracks no taps',
    stores: 'its id; no event',
    answer: '{"retcode":0,"configs":[],"ttl":300}',
    tap: undefined,
    hasIds: false,
    events: ({ url, body }) =>
      /collect\/events/.test(url)
        ? JSON.parse(JSON.parse(body).payload).map((event) => ({
            id: undefined,
            name: event.name,
            number: JSON.parse(event.ext1).number,
            bytes: bytesOf(event),
          }))
        : [],
  },
};
export const NAMES = Object.keys(SDKS);
