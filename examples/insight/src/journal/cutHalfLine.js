import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from 'node:fs';

const STEP = 64 * 1024;
const LINE_FEED = 10;

/** Where the last whole line ends. */
const endOfLines = (/** @type {number} */ descriptor, /** @type {number} */ size) => {
  const buffer = Buffer.alloc(STEP);
  for (let end = size; end > 0; end -= STEP) {
    const start = Math.max(0, end - STEP);
    const length = readSync(descriptor, buffer, 0, end - start, start);
    const at = buffer.subarray(0, length).lastIndexOf(LINE_FEED);
    if (at >= 0) return start + at + 1;
  }
  return 0;
};

/**
 * Takes off what is behind the last line feed.
 *
 * @param {string} path
 * @returns {number} the size of the file, 0 where there is none
 */
export const cutHalfLine = (path) => {
  if (!existsSync(path)) return 0;
  const descriptor = openSync(path, 'r+');
  try {
    const { size } = fstatSync(descriptor);
    const end = endOfLines(descriptor, size);
    if (end < size) {
      ftruncateSync(descriptor, end);
      fsyncSync(descriptor);
    }
    return end;
  } finally {
    closeSync(descriptor);
  }
};
