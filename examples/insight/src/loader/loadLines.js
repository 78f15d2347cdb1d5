/**
 * Lines of a journal into a store. A line is what one request brought, see `src/store/store.js`.
 *
 * @param {import('../store/store.js').Store} store
 * @param {string[]} lines
 * @returns {Promise<import('./duckdbLoader.js').Loaded>}
 */
export const loadLines = (store, lines) => store.loader.load(lines);
