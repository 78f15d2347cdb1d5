/** A surrogate that JSON.stringify could not pair; the first alternative steps over an escaped backslash. */
const LONE = /\\\\|\\u(d[89ab]|d[c-f])[0-9a-f]{2}/g;

/**
 * JSON that every parser reads: an emoji cut in half (`text.slice(0, 10)`) is no Unicode, and DuckDB refuses the line.
 *
 * @param {string} json As `JSON.stringify` writes it.
 */
export const wellFormed = (json) =>
  json.includes('\\ud') ? json.replace(LONE, (found) => (found === '\\\\' ? found : '\ufffd')) : json;
