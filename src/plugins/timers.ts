import type { Plugin, PluginMethods } from '../types/plugin';

/**
 * Adds `startTimer(name)` to the tracker: the next `track(name)` of this launch carries `duration_ms`, the time since that
 * call without that in the background.
 *
 * @example
 * tracker.startTimer('video_watched')
 * tracker.track('video_watched', { id: 'v1' })
 */
export const timers = (): Plugin<Pick<PluginMethods, 'startTimer' | 'dropTimer'>> => {
  /** By event name, the time so far and since when it runs. */
  let began = new Map<string, { ms: number; since: number }>();
  let isHidden = false;
  /** Adds the time since the last look; a clock that was set back adds none. */
  const count = (timer: { ms: number; since: number }, now: number): void => {
    if (!isHidden) timer.ms += Math.max(0, now - timer.since);
    timer.since = now;
  };
  const countAll = (): void => {
    const now = Date.now();
    for (const timer of Array.from(began.values())) count(timer, now);
  };
  return {
    name: 'timers',
    setup({ host, expose, onForget }) {
      onForget(() => {
        began = new Map();
      });
      expose({
        startTimer: (name: string) => void began.set(name, { ms: 0, since: Date.now() }),
        dropTimer: (name: string) => void began.delete(name),
      });
      return [
        host.on('appHide', () => {
          countAll();
          isHidden = true;
        }),
        host.on('appShow', () => {
          countAll();
          isHidden = false;
        }),
      ];
    },
    enrich(event) {
      const timer = event.type === 'track' ? began.get(event.name) : undefined;
      if (!timer) return event;
      began.delete(event.name);
      count(timer, event.ts);
      return Object.assign({}, event, {
        properties: Object.assign({ duration_ms: timer.ms }, event.properties),
      });
    },
  };
};
