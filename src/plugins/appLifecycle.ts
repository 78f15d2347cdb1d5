import { EVENT_APP_HIDE, EVENT_APP_LAUNCH, EVENT_APP_SHOW } from '../semantic';
import type { EnterOptions } from '../types/host';
import type { Plugin } from '../types/plugin';
import { createStopwatch } from '../utils/stopwatch';

const entry = ({ path, query, scene, referrerInfo }: EnterOptions) => ({
  path,
  query,
  // A string, because Alipay's `0000` and Douyin's `021001` are not numbers.
  scene: scene === undefined ? scene : `${scene}`,
  referrer_app_id: referrerInfo && referrerInfo.appId,
});

/**
 * Tracks `app_launch` once per process, `app_show` each time the app comes to the foreground and `app_hide` with the
 * foreground time `duration_ms`. A second show without a hide between is none.
 *
 * `app_launch` and `app_show` carry how the visitor entered: `path`, `query`, `scene`, `referrer_app_id`.
 */
export const appLifecycle = (): Plugin => ({
  name: 'appLifecycle',
  setup({ host, track, onForget }) {
    const watch = createStopwatch();
    onForget(watch.restart);
    return [
      host.on('appLaunch', (options) => track(EVENT_APP_LAUNCH, entry(options))),
      host.on('appShow', (options) => {
        if (watch.runs()) return;
        watch.start();
        track(EVENT_APP_SHOW, entry(options));
      }),
      host.on('appHide', ({ reason }) => track(EVENT_APP_HIDE, { duration_ms: watch.stop(), reason })),
      watch.stop,
    ];
  },
});
