import { readFile, realpath } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.webp': 'image/webp',
};

/** @param {string} path */
export const contentType = (path) => CONTENT_TYPES[extname(path)] ?? 'application/octet-stream';

/**
 * Reads files below one folder, and nothing else: neither `..` nor a symbolic link leads out of it.
 *
 * @param {string} folder
 * @returns {(path: string) => Promise<Buffer | null>} `path` as it stands in the URL; `null` when there is no such file.
 */
export const createStaticFolder = (folder) => async (path) => {
  try {
    const root = await realpath(folder);
    // Decoded before it is resolved, so `%2e%2e%2f` is judged as the `../` it stands for.
    const file = await realpath(resolve(root, `.${sep}${decodeURIComponent(path)}`));
    return file.startsWith(root + sep) ? await readFile(file) : null;
  } catch {
    return null; // Absent, a folder, not decodable or not readable: to a browser all of it is "not found".
  }
};
