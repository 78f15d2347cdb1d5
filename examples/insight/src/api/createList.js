import { randomUUID } from 'node:crypto';
import { refuse } from './refuse.js';

/**
 * One of the lists that the merchant typed in, each entry under an id of its own.
 *
 * @param {any} settings
 * @param {string} name Of the list in the settings.
 * @param {number} max How many there may be.
 */
export const createList = (settings, name, max) => {
  const all = () => settings.get(name);
  const find = (/** @type {string} */ id) => {
    const found = all().find((/** @type {any} */ entry) => entry.id === id);
    if (!found) throw refuse(404, 'id', 'no such entry');
    return found;
  };
  return {
    all,
    /** Throws 404 where there is none. */
    find,
    add: async (/** @type {object} */ given) => {
      if (all().length >= max) throw refuse(400, name, `are ${max} at most`);
      const entry = { id: randomUUID(), ...given, created_at: Date.now() };
      await settings.set(name, [...all(), entry]);
      return entry;
    },
    change: async (/** @type {string} */ id, /** @type {object} */ changes) => {
      const changed = { ...find(id), ...changes };
      await settings.set(
        name,
        all().map((/** @type {any} */ entry) => (entry.id === id ? changed : entry)),
      );
      return changed;
    },
    remove: async (/** @type {string} */ id) => {
      find(id);
      await settings.set(
        name,
        all().filter((/** @type {any} */ entry) => entry.id !== id),
      );
      return { removed: id };
    },
  };
};
