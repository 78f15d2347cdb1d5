const DEFAULT_PORT = 8787;

/**
 * @param {string | undefined} text The `PORT` environment variable.
 * @returns {number}
 * @throws {Error} with what to do instead.
 */
export const readPort = (text) => {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT must be a number from 0 to 65535, not "${text}". Try: PORT=${DEFAULT_PORT + 1} npm start`);
};
