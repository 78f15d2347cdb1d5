import { BAD_OPTION } from '../codes';
import { EVENT_PROFILE } from '../semantic';
import type { Plugin, PluginMethods } from '../types/plugin';

/**
 * What is known of the visitor, kept by whoever receives the events: each call is an event of type `profile`, named
 * `profile_set`, `profile_set_once`, `profile_increment`, `profile_append`, `profile_unset` or `profile_delete`, whose properties are the
 * argument.
 */
export interface Profile {
  /** Sets values over those that are there. */
  set(properties: object): void;
  /** Sets values where there are none. */
  setOnce(properties: object): void;
  /** Adds to numbers; those that are not there count from 0. */
  increment(amounts: Readonly<Record<string, number>>): void;
  /** Adds to the end of lists; those that are not there begin empty. */
  append(values: object): void;
  /**
   * Takes values away: `keys` in the properties of the event.
   *
   * @example tracker.profile.unset('birthday', 'city')
   */
  unset(...keys: readonly string[]): void;
  /** Takes the whole profile away, as when the visitor closes the account. The events stay: see docs/privacy.md. */
  delete(): void;
}

/**
 * Adds `profile` to the tracker.
 *
 * @example
 * createTracker({ adapter: wechat(), endpoint, plugins: [profile()] })
 * tracker.profile.set({ level: 'gold' })
 */
export const profile = (): Plugin<Pick<PluginMethods, 'profile'>> => ({
  name: 'profile',
  setup({ track, expose, host: { log } }) {
    const say = (operation: string, properties: object): void =>
      track(EVENT_PROFILE + operation, properties as Readonly<Record<string, unknown>>, undefined, 'profile');
    const own: Profile = {
      set: (properties) => say('set', properties),
      setOnce: (properties) => say('set_once', properties),
      increment(amounts) {
        const numbers: Record<string, number> = {};
        for (const name of log.guard('profile.increment', () => Object.keys(amounts)) || []) {
          const what = `profile.increment ${name}`;
          const amount = log.guard(what, () => amounts[name]) as number;
          if (Number.isFinite(amount)) numbers[name] = amount;
          else log.warn(BAD_OPTION, what, amount);
        }
        if (Object.keys(numbers).length) say('increment', numbers);
      },
      append: (values) => say('append', values),
      // Never looked into here, where it could throw into the app.
      unset: (...keys) => say('unset', { keys: typeof keys[0] === 'object' ? keys[0] : keys }),
      delete: () => say('delete', {}),
    };
    expose({ profile: own });
  },
});
