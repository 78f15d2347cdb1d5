import { snapshot, wellFormed } from '../capture/snapshot';
import { LARGE } from '../codes';
import type { DeviceState } from '../queue/state';
import { SDK } from '../semantic';
import type { Adapter } from '../types/adapter';
import type { JsonObject } from '../types/json';
import type { Log } from '../utils/log';

// It stands in front of stored events and in each batch.
const MAX_FACTS = 8192;

export interface Context {
  /** What many events share, as JSON text: the same string while nothing changes. */
  text(): string;
  /** Facts of a plugin, in place of those that it gave before. */
  set(plugin: string, facts: JsonObject | undefined): void;
  network(type: string): void;
  /** The state has changed. */
  changed(): void;
  /** Nothing that plugins said holds any more. */
  forget(): void;
}

export const createContext = (adapter: Adapter, state: DeviceState, log: Log): Context => {
  let facts: Record<string, JsonObject> = {};
  let own: JsonObject | undefined;
  let network = 'unknown';
  let text = '';
  const factsOf = (name: string, given: object | undefined): JsonObject => {
    const json = snapshot(given || {}, (what) => log.warn(LARGE, `${name}: ${what}`));
    if (json.length <= MAX_FACTS) return JSON.parse(json);
    log.warn(LARGE, name);
    return {};
  };
  const build = (): string => {
    const { visitor, user, ids } = state;
    own =
      own ||
      factsOf(
        'adapter',
        log.guard('adapter', () => adapter.context()),
      );
    const basic = {
      // A preview has a storage of its own: an id from there would count its visitor twice.
      anonymous_id: own.single_page ? 'single_page' : visitor,
      user_id: user,
      ids,
      platform: adapter.platform,
      sdk: SDK,
      network_type: network,
    };
    // What plugins say stands beside what is known of visitor and host, and not in its place.
    return wellFormed(JSON.stringify(Object.assign({}, basic, ...Object.values(facts), own, basic)));
  };
  const changed = (): void => {
    text = '';
  };
  return {
    text: () => (text = text || build()),
    set(plugin, given) {
      facts[plugin] = factsOf(plugin, given);
      changed();
    },
    network(type) {
      network = type;
      changed();
    },
    changed,
    forget() {
      facts = {};
      changed();
    },
  };
};
