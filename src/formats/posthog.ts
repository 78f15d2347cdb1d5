import { EVENT_IDENTIFY, EVENT_PROFILE } from '../semantic';
import type { Format } from '../types/format';
import type { Json } from '../types/json';
import { beside } from './shared/beside';
import { isoTime } from './shared/isoTime';
import { ROW_LIMITS } from './shared/limits';
import { missing } from './shared/missing';
import { omit } from './shared/omit';
import { readEvents } from './shared/readEvents';

/** Which project the events are for. */
export interface PosthogOptions {
  /** The project's key, `phc_…`. It can only write, so it may be in the package. Not a personal key (`phx_…`). */
  readonly apiKey: string;
}

/** What is said of a person, by the type or, for a profile, the operation. PostHog can neither add nor append. */
const PERSON: Readonly<Record<string, string>> = {
  identify: '$set',
  [`${EVENT_PROFILE}set`]: '$set',
  [`${EVENT_PROFILE}set_once`]: '$set_once',
  [`${EVENT_PROFILE}unset`]: '$unset',
};

/**
 * The batch API of PostHog, cloud or self-hosted. An `identify()` becomes `$identify` and joins the anonymous visitor to
 * the user; `setIds()` and the profile's `set`, `setOnce` and `unset` become `$set`; facts that PostHog
 * has no name for are properties under their own, and a property of yours by such a name becomes `property_<name>`.
 * https://posthog.com/docs/api/capture
 *
 * @example endpoint: { url: 'https://us.i.posthog.com/batch/', format: posthog({ apiKey: 'phc_…' }) }
 */
export const posthog = (options: PosthogOptions): Format => {
  const { apiKey } = options || ({} as PosthogOptions);
  return {
    limits: ROW_LIMITS,
    error: missing('posthog', 'apiKey', apiKey),
    encode: (batch) => ({
      body: JSON.stringify({
        api_key: apiKey,
        batch: readEvents(batch, ({ id, boot, seq, type, name, ts, session_id, properties }, context, drops) => {
          const { anonymous_id, user_id, device = {}, sdk } = context;
          const [library, version] = `${sdk}`.split('/');
          const person = PERSON[type === 'profile' ? name : type];
          const identify = person && name === EVENT_IDENTIFY;
          return {
            event: identify ? '$identify' : person ? '$set' : name,
            // Without one PostHog refuses the batch.
            distinct_id: user_id || anonymous_id || 'unknown',
            uuid: id,
            timestamp: isoTime(ts),
            properties: beside(
              person ? { [person]: person === '$unset' ? (properties.keys as Json) : properties } : properties,
              Object.assign(
                {
                  $lib: library,
                  $lib_version: version,
                  $app_version: context.app_version,
                  $device_manufacturer: device.brand,
                  $device_model: device.model,
                  $os: device.platform,
                  $os_version: device.os,
                  $screen_width: device.screen_width,
                  $screen_height: device.screen_height,
                  session_id,
                  boot,
                  seq,
                  drops,
                },
                omit(context, 'user_id sdk app_version device'),
                identify && { $anon_distinct_id: anonymous_id },
              ),
            ),
          };
        }),
        sent_at: isoTime(batch.sentAt),
      }),
    }),
  };
};
