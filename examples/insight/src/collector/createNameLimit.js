const MAX_NAMES = 2000;
const MAX_KEYS = 2000;
const DAY_MS = 86_400_000;
/** What stands for the names over the limit. */
export const REST = '…';

const createCounter = (/** @type {number} */ max) => {
  /** @type {Set<string>} */
  const known = new Set();
  return (/** @type {string} */ name) => {
    if (known.has(name)) return true;
    if (known.size >= max) return false;
    known.add(name);
    return true;
  };
};

/**
 * Write keys are public, so names of events and properties are what a stranger chooses. Each key has so many of them a
 * day; what comes under further ones is kept, but not by its name: lists of names stay lists that one can read.
 *
 * Counted in memory: after a restart the day begins anew.
 *
 * @param {object} [options]
 * @param {number} [options.maxNames]
 * @param {number} [options.maxKeys]
 * @param {() => number} [options.now]
 */
export const createNameLimit = ({ maxNames = MAX_NAMES, maxKeys = MAX_KEYS, now = Date.now } = {}) => {
  /** @type {Map<string, { isName: (name: string) => boolean, isKey: (name: string) => boolean }>} */
  let apps = new Map();
  let day = 0;
  const countersOf = (/** @type {string} */ app) => {
    const today = Math.floor(now() / DAY_MS);
    if (today !== day) {
      day = today;
      apps = new Map();
    }
    const known = apps.get(app) ?? { isName: createCounter(maxNames), isKey: createCounter(maxKeys) };
    apps.set(app, known);
    return known;
  };

  return (/** @type {string} */ app, /** @type {any[]} */ events) => {
    const { isName, isKey } = countersOf(app);
    for (const event of events) {
      /** @type {[string, unknown][]} */
      const kept = [];
      /** @type {[string, unknown][]} */
      const over = [];
      for (const entry of Object.entries(event.properties)) (isKey(entry[0]) ? kept : over).push(entry);
      if (over.length > 0) event.properties = { ...Object.fromEntries(kept), [REST]: Object.fromEntries(over) };
      if (!isName(event.name)) {
        event.properties = { ...event.properties, event_name: event.name };
        event.name = REST;
      }
    }
  };
};
