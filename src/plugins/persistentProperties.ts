import { BAD_OPTION } from '../codes';
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
  let read = (): JsonObject => ({});
  return {
    name: 'persistentProperties',
    setup({ memory, expose, host: { log } }) {
      read = () => Object(memory.get()) as JsonObject;
      expose({
        registerPersistent(properties: object) {
          const kept: Record<string, Json | undefined> = Object.assign({}, read());
          for (const name of Object.keys(properties || {})) {
            const what = `registerPersistent ${name}`;
            // One at a time: what throws or is connected to itself takes none of the others along.
            log.guard(what, () => {
              const value = (properties as Record<string, unknown>)[name];
              const text = JSON.stringify(value);
              if (text || value === undefined) kept[name] = text && JSON.parse(text);
              else log.warn(BAD_OPTION, what, value);
            });
          }
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
