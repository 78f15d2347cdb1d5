import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @typedef {import('./ledger.mjs').Line} Line */

/**
 * Appends events to a file, one JSON object per line, in the order of the calls.
 *
 * @param {string} file
 */
export const createEventFile = (file) => {
  mkdirSync(dirname(file), { recursive: true });
  // A killed run may have left half a line; the next event must not be glued to it.
  if (!/(^|\n)$/.test(readText(file))) appendFileSync(file, '\n');
  /** @type {Promise<unknown>} */
  let lastWrite = Promise.resolve();

  return {
    /** @param {readonly Line[]} lines @returns {Promise<void>} */
    append(lines) {
      if (lines.length === 0) return Promise.resolve();
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const write = lastWrite.then(() => appendFile(file, text));
      // The caller hears of its own failure; the next write must not inherit it.
      lastWrite = write.catch(() => {});
      return write;
    },
    async close() {
      await lastWrite;
    },
  };
};

/**
 * What an earlier run wrote, so that a restarted simulator does not report old events as missing.
 *
 * @param {string} file
 * @returns {Line[]}
 */
export const readEventFile = (file) =>
  readText(file)
    .split('\n')
    .flatMap((line) => {
      try {
        return line ? [JSON.parse(line)] : [];
      } catch {
        return []; // Half a line: see above. The rest of the file is still good.
      }
    });

/** @param {string} file */
const readText = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return '';
    throw error;
  }
};
