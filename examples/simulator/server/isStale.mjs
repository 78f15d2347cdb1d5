import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether what was built is missing, or older than one of its sources.
 *
 * @param {string} built A file.
 * @param {string[]} sources Files, and folders with all that is in them: what was taken out of a folder makes it newer.
 */
export const isStale = (built, sources) => {
  if (!existsSync(built)) return true;
  const { mtimeMs: builtAt } = statSync(built);
  const isNewer = (/** @type {string} */ path) => statSync(path).mtimeMs > builtAt;
  return sources.some(
    (source) =>
      isNewer(source) ||
      (statSync(source).isDirectory() &&
        readdirSync(source, { recursive: true }).some((name) => isNewer(join(source, String(name))))),
  );
};
