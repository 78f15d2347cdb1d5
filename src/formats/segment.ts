import { EVENT_PROFILE } from '../semantic';
import type { Format } from '../types/format';
import { base64 } from '../utils/base64';
import { isoTime } from './shared/isoTime';
import { ROW_LIMITS } from './shared/limits';
import { missing } from './shared/missing';
import { omit } from './shared/omit';
import { readEvents } from './shared/readEvents';

/** Which source the events are of. */
export interface SegmentOptions {
  /** Of the source. It can only write, so it may be in the package; who reads it there can write events, too. */
  readonly writeKey: string;
}

/**
 * The batch API of Segment, which RudderStack and Jitsu speak as well. `identify()`, `setIds()` and `profile.set()` become
 * `identify`, every other event a `track`; facts that Segment has no name for are in `context.minitrail`.
 * https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api
 *
 * @example endpoint: { url: 'https://api.segment.io/v1/batch', format: segment({ writeKey: '…' }) }
 */
export const segment = (options: SegmentOptions): Format => {
  const { writeKey } = Object(options) as SegmentOptions;
  return {
    limits: ROW_LIMITS,
    error: missing('segment', 'writeKey', writeKey),
    encode: (batch) => ({
      headers: { authorization: `Basic ${base64(`${writeKey}:`)}` },
      body: JSON.stringify({
        batch: readEvents(batch, ({ id, boot, seq, type, name, ts, session_id, properties }, context, drops) => {
          const { device = {}, sdk } = context;
          const [library, version] = `${sdk}`.split('/');
          return Object.assign(
            type === 'identify' || (type === 'profile' && name === `${EVENT_PROFILE}set`)
              ? { type: 'identify', traits: properties }
              : { type: 'track', event: name, properties },
            {
              messageId: id,
              // Always there: RudderStack refuses a whole batch for one event that has neither this nor a user.
              anonymousId: context.anonymous_id || 'unknown',
              userId: context.user_id,
              timestamp: isoTime(ts),
              context: {
                library: { name: library, version },
                app: { namespace: context.app_id, version: context.app_version },
                device: Object.assign({ manufacturer: device.brand }, device),
                os: { name: device.platform, version: device.os },
                screen: { width: device.screen_width, height: device.screen_height, density: device.pixel_ratio },
                locale: context.language,
                minitrail: Object.assign(omit(context, 'anonymous_id user_id sdk app_id app_version device language'), {
                  type,
                  boot,
                  seq,
                  session_id,
                  drops,
                }),
              },
            },
          );
        }),
        // Jitsu takes the key from here.
        writeKey,
        sentAt: isoTime(batch.sentAt),
      }),
    }),
    interpret({ status, body }, ids) {
      // Our JSON is sound, so what is left of Segment's reasons for 400 is the size. Jitsu says it of a wrong key as well.
      if (status === 400) return { type: /processing message|content type/.test(body) ? 'blocked' : 'split' };
      // Jitsu takes a batch in part, and keeps the rest in its own dead letter topic.
      // https://github.com/jitsucom/bulker/blob/main/ingest/router_batch_handler.go
      if (status > 299 || !/"ok":\s*false/.test(body)) return undefined;
      if (/no destination/i.test(body)) return { type: 'blocked' };
      return { type: 'ack', rejected: ids.filter((id) => body.includes(`Message ID: ${id}`)) };
    },
  };
};
