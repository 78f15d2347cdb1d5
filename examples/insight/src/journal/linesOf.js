import { createReadStream } from 'node:fs';

/**
 * The lines of a file, without an empty one at its end. Not by `node:readline`: from Node 24 on it also ends a line at
 * U+2028, which stands in JSON as it is.
 *
 * @param {string} path
 */
export async function* linesOf(path) {
  let rest = '';
  for await (const text of createReadStream(path, 'utf8')) {
    const lines = (rest + text).split('\n');
    rest = /** @type {string} */ (lines.pop());
    yield* lines;
  }
  if (rest) yield rest;
}
