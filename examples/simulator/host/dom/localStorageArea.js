/**
 * A visitor's storage in the browser, which outlives the iframe.
 *
 * @param {string} visitor
 * @returns {import('../createDevice.js').StorageArea}
 */
export const localStorageArea = (visitor) => {
  const prefix = `sim:${visitor}:`;
  return {
    get: (key) => localStorage.getItem(prefix + key) ?? undefined,
    set: (key, value) => localStorage.setItem(prefix + key, value),
    delete: (key) => localStorage.removeItem(prefix + key),
    keys: () =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
  };
};
