import type { Format } from '../types/format';
import { isoTime } from './shared/isoTime';
import { ROW_LIMITS } from './shared/limits';
import { readEvents } from './shared/readEvents';

/** What names the events to their receivers. */
export interface CloudeventsOptions {
  /**
   * A URI. With the event's id it is what repeats are recognised by.
   *
   * @default 'minitrail/<platform>/<app id>'
   */
  readonly source?: string;
  /**
   * Put in front of the name of an event; CloudEvents suggests a reversed domain name.
   *
   * @default 'minitrail.'
   */
  readonly typePrefix?: string;
}

/**
 * CloudEvents 1.0 in a JSON batch. `data` is the event with its `context`; `subject` is the anonymous visitor.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#4-json-batch-format
 *
 * @example endpoint: { url: 'https://broker.example.com/', format: cloudevents({ typePrefix: 'com.example.shop.' }) }
 */
export const cloudevents = (options?: CloudeventsOptions): Format => ({
  limits: ROW_LIMITS,
  encode(batch) {
    const { source, typePrefix = 'minitrail.' } = options || {};
    return {
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(
        readEvents(batch, (event, context, drops) => ({
          specversion: '1.0',
          id: event.id,
          source: source || encodeURI(`minitrail/${context.platform}/${context.app_id || ''}`),
          type: typePrefix + event.name,
          time: isoTime(event.ts),
          subject: context.anonymous_id,
          datacontenttype: 'application/json',
          data: Object.assign({}, event, { context, batch_id: batch.id, sent_at: batch.sentAt, drops }),
        })),
      ),
    };
  },
});
