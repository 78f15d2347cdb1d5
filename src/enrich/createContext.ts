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
  let facts: Record<string, string> = Object.create(null);
  let own: JsonObject | undefined;
  let network = 'unknown';
  let text = '';
  const jsonOf = (name: string, value: object): string => {
    const json = snapshot(value, (what) => log.warn(LARGE, `${name}: ${what}`));
    if (json.length <= MAX_FACTS) return json;
    log.warn(LARGE, name);
    return '{}';
  };
  const build = (): string => {
    own = own || (JSON.parse(jsonOf('adapter', log.guard('adapter', () => adapter.context()) || {})) as JsonObject);
    const { visitor, user, ids } = state;
    const basic = {
      // A preview has a storage of its own: an id from there would count its visitor twice.
      anonymous_id: own.single_page ? 'single_page' : visitor,
      user_id: user,
      ids,
      platform: adapter.platform,
      sdk: SDK,
      network_type: network,
    };
    const told = Object.keys(facts).map((name) => JSON.parse(facts[name] as string));
    // What plugins say stands beside what is known of visitor and host, and not in its place.
    return wellFormed(JSON.stringify(Object.assign({}, basic, ...told, own, basic)));
  };
  return {
    text: () => (text = text || build()),
    set(plugin, given) {
      const json = given ? jsonOf(plugin, given) : '{}';
      if (json === facts[plugin]) return;
      facts[plugin] = json;
      text = '';
    },
    network(type) {
      network = type;
      text = '';
    },
    changed() {
      text = '';
    },
    forget() {
      facts = Object.create(null);
      text = '';
    },
  };
};
