import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './syncFolder.js';

/**
 * A small file as a whole or not at all, whenever the power goes.
 *
 * @param {string} path
 * @param {string} text
 */
export const writeDurably = (path, text) => {
  const descriptor = openSync(`${path}.part`, 'w');
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${path}.part`, path);
  syncFolder(dirname(path));
};
