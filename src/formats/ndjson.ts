import type { Format } from '../types/format';

/**
 * One JSON object per line and event (`application/x-ndjson`), complete in itself: for Vector, Fluent Bit, Logstash,
 * Kafka and Doris by HTTP. The first line of a batch carries its drops.
 *
 * @example endpoint: { url: 'https://collect.example.com/v1/lines', format: ndjson() }
 */
export const ndjson = (): Format => ({
  limits: { events: 100, bytes: 64 * 1024 },
  encode: ({ id, events, sentAt, drops }) => ({
    headers: { 'content-type': 'application/x-ndjson' },
    body: events
      .map(({ line, context }, index) => {
        const first = index ? '' : `,"drops":${JSON.stringify(drops)}`;
        return `${line.slice(0, -1)},"context":${context},"batch_id":"${id}","sent_at":${sentAt}${first}}\n`;
      })
      .join(''),
  }),
});
