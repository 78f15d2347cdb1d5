import type { Plugin, PluginMethods } from '../types/plugin';
import { createStopwatch, type Stopwatch } from '../utils/stopwatch';

/**
 * Adds `startTimer(name)` to the tracker: the next `track(name)` of this launch carries `duration_ms`, the time since that
 * call without that in the background.
 *
 * @example
 * tracker.startTimer('video_watched')
 * tracker.track('video_watched', { id: 'v1' })
 */
export const timers = (): Plugin<Pick<PluginMethods, 'startTimer' | 'dropTimer'>> => {
  /** By event name, the time so far and what counts on. */
  const began = new Map<string, { ms: number; readonly watch: Stopwatch }>();
  let isHidden = false;
  const all = () => Array.from(began.values());
  /** The time so far, which counts no further. */
  const pause = (): void => {
    for (const timer of all()) timer.ms += timer.watch.stop() || 0;
  };
  const dropTimer = (name: string): number | undefined => {
    const timer = began.get(name);
    began.delete(name);
    return timer && timer.ms + (timer.watch.stop() || 0);
  };
  const forget = (): void => {
    pause();
    began.clear();
  };
  return {
    name: 'timers',
    setup({ host, expose, onForget }) {
      onForget(forget);
      expose({
        startTimer(name: string) {
          dropTimer(name);
          const watch = createStopwatch();
          began.set(name, { ms: 0, watch });
          if (!isHidden) watch.start();
        },
        dropTimer: (name: string) => void dropTimer(name),
      });
      return [
        host.on('appHide', () => {
          pause();
          isHidden = true;
        }),
        host.on('appShow', () => {
          pause();
          isHidden = false;
          for (const { watch } of all()) watch.start();
        }),
        () => {
          forget();
          isHidden = true;
        },
      ];
    },
    enrich(event) {
      const duration_ms = event.type === 'track' ? dropTimer(event.name) : undefined;
      if (duration_ms === undefined) return event;
      return Object.assign({}, event, { properties: Object.assign({ duration_ms }, event.properties) });
    },
  };
};
