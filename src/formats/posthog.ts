import type { Format } from '../types/format';
import { isoTime } from './shared/isoTime';
import { ROW_LIMITS } from './shared/limits';
import { missing } from './shared/missing';
import { omit } from './shared/omit';
import { readEvents } from './shared/readEvents';

export interface PosthogOptions {
  /** The project's key, `phc_…`. It can only write, so it may be in the package. Not a personal key (`phx_…`). */
  readonly apiKey: string;
}

/**
 * The batch API of PostHog, cloud or self-hosted. An `identify()` becomes `$identify` and joins the anonymous visitor to
 * the user; facts that PostHog has no name for are properties under their own.
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
          const identify = type === 'identify';
          return {
            event: identify ? '$identify' : name,
            // Without one PostHog refuses the batch.
            distinct_id: user_id || anonymous_id || 'unknown',
            uuid: id,
            timestamp: isoTime(ts),
            properties: Object.assign(
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
              identify ? { $set: properties, $anon_distinct_id: anonymous_id } : properties,
            ),
          };
        }),
        sent_at: isoTime(batch.sentAt),
      }),
    }),
  };
};
