import { SCHEMA } from '../semantic';
import type { Format } from '../types/format';

/**
 * The envelope `minitrail/1`: what many events share is written once, in `contexts`.
 *
 * The endpoint may answer 2xx alone, or name what it took and refused:
 * `{ "accepted": [ids], "rejected": [ids] }`. Events in neither list are sent again.
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
      body: `{"schema":"${SCHEMA}","batch_id":"${id}","sent_at":${sentAt},"clock_offset_ms":${clockOffsetMs},"contexts":[${contexts}],"batch":[${lines}],"drops":${JSON.stringify(drops)}}`,
    };
  },
  interpret({ status, body }, ids) {
    if (status < 200 || status > 299) return undefined;
    try {
      const { accepted, rejected = [] } = JSON.parse(body);
      return { type: 'ack', rejected, retry: ids.filter((id) => !accepted.includes(id) && !rejected.includes(id)) };
    } catch {
      // Any 2xx acknowledges the batch; the lists are an offer.
      return undefined;
    }
  },
});
