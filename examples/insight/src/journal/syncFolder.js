import { closeSync, fsyncSync, openSync } from 'node:fs';

/**
 * Makes names in a folder durable: a file that was synced may lose its name otherwise.
 *
 * @param {string} folder
 */
export const syncFolder = (folder) => {
  // Windows opens no folders; its file system writes names in order.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
