import { jsonOf } from '../capture/snapshot';
import { NOT_JSON } from '../codes';
import type { Json, JsonObject } from '../types/json';
import type { Plugin, PluginMethods } from '../types/plugin';

/**
 * Adds `registerPersistent(properties)` and `unregisterPersistent(key)` to the tracker: as `register()`, and kept over
 * launches, until `reset()` or a denied consent. The event's own properties and those of `register()` win.
 *
 * They are written in front of stored events, so keep them within some hundred bytes. A function cannot be kept.
 *
 * @example tracker.registerPersistent({ member_level: 'gold' })
 */
export const persistentProperties = (): Plugin<Pick<PluginMethods, 'registerPersistent' | 'unregisterPersistent'>> => {
  let read: () => JsonObject;
  return {
    name: 'persistentProperties',
    setup({ memory, expose, host: { log } }) {
      read = () => Object(memory.get()) as JsonObject;
      expose({
        registerPersistent(properties: object) {
          const kept: Record<string, Json | undefined> = Object.assign({}, read());
          // One at a time: one that throws takes none of the others along.
          for (const name of Object.keys(properties || {}))
            log.guard(`registerPersistent ${name}`, () => {
              const value = (properties as Record<string, unknown>)[name];
              const text = jsonOf(value, (what) => log.warn(NOT_JSON, `registerPersistent ${name}: ${what}`));
              if (text || value === undefined) kept[name] = text && JSON.parse(text);
            });
          memory.set(kept as JsonObject);
        },
        unregisterPersistent(key: string) {
          const kept: Record<string, Json | undefined> = Object.assign({}, read());
          delete kept[key];
          memory.set(kept as JsonObject);
        },
      });
    },
    // As with `register()`, events on the visitor get none.
    enrich: (event) =>
      event.type === 'auto' || event.type === 'track'
        ? Object.assign({}, event, { properties: Object.assign({}, read(), event.properties) })
        : event,
  };
};
