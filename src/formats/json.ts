import { SCHEMA } from '../semantic';
import type { Format } from '../types/format';

/**
 * The envelope `minitrail/1`: what many events share is written once, in `contexts`.
 *
 * The endpoint may answer 2xx alone, or name what it took and refused:
 * `{ "accepted": [ids], "rejected": [ids] }`. Events in neither list are sent again; without `accepted`, none is.
 */
export const json = (): Format => ({
  limits: { events: 100, bytes: 128 * 1024 },
  encode({ id, events, sentAt, clockOffsetMs, drops }) {
    const contexts: string[] = [];
    const lines = events.map(({ line, context }) => {
      if (!contexts.includes(context)) contexts.push(context);
      return `${line.slice(0, -1)},"context":${contexts.indexOf(context)}}`;
    });
    return {
      body: `{"schema":"${SCHEMA}","batch_id":"${id}","sent_at":${sentAt},${clockOffsetMs === undefined ? '' : `"clock_offset_ms":${clockOffsetMs},`}"contexts":[${contexts}],"batch":[${lines}],"drops":${JSON.stringify(drops)}}`,
    };
  },
  interpret({ status, body }, ids) {
    if (status >= 200 && status < 300) {
      try {
        const { accepted, rejected } = JSON.parse(body);
        // Go writes an empty list as `null`; others answer with counts.
        const bad: readonly string[] = Array.isArray(rejected) ? rejected : [];
        const retry = Array.isArray(accepted) ? ids.filter((id) => !accepted.includes(id) && !bad.includes(id)) : [];
        return { type: 'ack', rejected: bad, retry };
      } catch {
        // Any 2xx acknowledges the batch; the lists are an offer.
      }
    }
    return undefined;
  },
});
