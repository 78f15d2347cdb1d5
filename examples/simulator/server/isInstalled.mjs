import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether what a folder's lockfile names is what npm has installed there, but for what only its developers need and what
 * other platforms have.
 *
 * @param {string} folder
 */
export const isInstalled = (folder) => {
  const packagesOf = (/** @type {string} */ file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).packages;
  try {
    const wanted = Object.entries(packagesOf('package-lock.json'));
    const found = packagesOf('node_modules/.package-lock.json');
    return wanted.every(
      ([path, { version, dev, optional, devOptional }]) =>
        !path || dev || optional || devOptional || found[path]?.version === version,
    );
  } catch {
    // Never installed, or broken off.
    return false;
  }
};
