import { readFileSync } from 'node:fs';

const versionOf = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version;

/** The event of ours that each SDK's taps become, and the name that `track` is called with here. */
export const EVENT = 'add_to_cart';

/**
 * How to read what each SDK sends: `events` of one request, each with its `id` (what a server can drop repeats by), its
 * name, the number the benchmark gave it, and its own bytes.
 */
export const SDKS = {
  minitrail: {
    label: 'minitrail',
    version: versionOf('../../package.json'),
    tap: 'tap',
    hasIds: true,
    events: ({ body }) =>
      JSON.parse(body).batch.map(({ context: _, ...event }) => ({
        id: event.id,
        name: event.name,
        number: event.properties.number,
        bytes: Buffer.byteLength(JSON.stringify(event)),
      })),
  },
  sensors: {
    label: 'Sensors',
    package: 'sa-sdk-miniprogram',
    version: versionOf('../node_modules/sa-sdk-miniprogram/package.json'),
    tap: '$MPClick',
    hasIds: true,
    events: ({ body }) =>
      JSON.parse(Buffer.from(decodeURIComponent(body.replace(/^data_list=/, '')), 'base64').toString()).map((event) => ({
        id: `${event._track_id}`,
        name: event.event,
        number: event.properties.number,
        bytes: Buffer.byteLength(JSON.stringify(event)),
      })),
  },
  umeng: {
    label: 'Umeng',
    package: 'umtrack-wx',
    version: versionOf('../node_modules/umtrack-wx/package.json'),
    tap: undefined,
    hasIds: false,
    // Other requests than these look for the endpoint that answers.
    events: ({ url, body }) =>
      /wxm_logs/.test(url)
        ? Object.values(JSON.parse(body).a?.e || {})
            .flat()
            .map((event) => ({
              id: undefined,
              name: event.id,
              number: event.number,
              bytes: Buffer.byteLength(JSON.stringify(event)),
            }))
        : [],
  },
};
export const NAMES = Object.keys(SDKS);
