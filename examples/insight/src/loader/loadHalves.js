/** Failures of the data, which come again however often it is tried; all others may go away (a full disk). */
const DATA_ERROR = /^(Invalid Input|Conversion|Out of Range) Error/;
/** Goes away with fewer lines. */
const TOO_MUCH = /^Out of Memory Error/;

/**
 * Lines one half at a time, until the one is found that cannot be loaded, which stays in the journal, or until they fit.
 *
 * @param {import('../store/store.js').Store} store
 * @param {string[]} lines
 * @param {import('./duckdbLoader.js').JournalPosition} [position] Where the journal continues after them.
 * @returns {Promise<import('./duckdbLoader.js').Loaded>}
 */
export const loadHalves = async (store, lines, position) => {
  try {
    return await store.loader.load(lines, position);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const isData = DATA_ERROR.test(message);
    if (!isData && !(TOO_MUCH.test(message) && lines.length > 1)) throw error;
    if (lines.length === 1) {
      await store.loader.load([], position);
      return { events: 0, repeats: 0, unreadable: 1 };
    }
    const middle = lines.length >> 1;
    const first = await loadHalves(store, lines.slice(0, middle));
    const second = await loadHalves(store, lines.slice(middle), position);
    return {
      events: first.events + second.events,
      repeats: first.repeats + second.repeats,
      unreadable: first.unreadable + second.unreadable,
    };
  }
};
