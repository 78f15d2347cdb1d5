import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFiles } from './journalFiles.js';

/**
 * @typedef {import('../loader/duckdbLoader.js').JournalPosition} JournalPosition
 *
 * @typedef {object} Piece
 * @property {string[]} lines
 * @property {JournalPosition} next
 */

const LINE_FEED = 10;

const readBytes = async (/** @type {string} */ path, /** @type {number} */ offset, /** @type {number} */ length) => {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(buffer, 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/**
 * The next whole lines of a journal after a position, none where there are no more.
 *
 * @param {string} folder
 * @param {JournalPosition | undefined} from `undefined`: from the first file that is there.
 * @param {JournalPosition} end Up to where the journal is durable.
 * @param {number} maxBytes At least one line is read, however long.
 * @returns {Promise<Piece | undefined>}
 */
export const readLines = async (folder, from, end, maxBytes) => {
  const files = journalFiles(folder);
  let { file, offset } = from ?? { file: files[0] ?? end.file, offset: 0 };
  for (;;) {
    const isLast = file >= end.file;
    // Somebody made the file shorter. Read again what is there: events that are known are not doubled.
    if (isLast && offset > end.offset) offset = 0;
    // A file of the past is read to its end, whatever that is: erasing people may have made it shorter.
    const wanted = isLast ? Math.min(maxBytes, end.offset - offset) : maxBytes;
    const bytes = wanted > 0 ? await readBytes(join(folder, file), offset, wanted) : Buffer.alloc(0);
    const length = bytes.lastIndexOf(LINE_FEED) + 1;
    if (length > 0) {
      const lines = bytes.toString('utf8', 0, length - 1).split('\n');
      return { lines, next: { file, offset: offset + length } };
    }
    if (bytes.length >= maxBytes) return readLines(folder, { file, offset }, end, maxBytes * 2);
    const next = files.find((each) => each > file);
    if (isLast || !next) return undefined;
    file = next;
    offset = 0;
  }
};
