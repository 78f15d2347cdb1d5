import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileProject } from '../compileProject.mjs';
import { contentType, createStaticFolder } from './staticFolder.mjs';

const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** The project that is shown when no other is named. */
export const SHOP = folder('../../shop');
/** Where the tracker is, as in every project that uses it. */
const PACKAGE = 'miniprogram_npm/minitrail';
const HOST = folder('../host');
const PAGE = folder('../page');

/** @returns {Promise<string>} the phone's program in one file, as `phone.html` loads it */
const bundleHost = async () => {
  const { outputFiles } = await build({
    entryPoints: [`${HOST}/browser.js`],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  return /** @type {{ text: string }} */ (outputFiles[0]).text;
};

/** Without the package the shop would end at its first `require`: say here what to do, where it is read. */
const checkPackage = (/** @type {string} */ shop) => {
  const path = join(shop, PACKAGE);
  if (existsSync(join(path, 'index.js'))) return;
  throw new Error(`${relative(process.cwd(), path)} is missing. Build it with: npm run shop (npm start does both)`);
};

/**
 * Everything the browser loads: the page, the phone inside its iframe, and the compiled shop.
 *
 * @param {string} shop the folder of a mini-program project
 * @returns {Promise<(pathname: string) => Promise<{ type: string, body: string | Buffer } | null>>}
 */
export const createSiteFiles = async (shop) => {
  checkPackage(shop);
  const [project, host] = await Promise.all([compileProject(shop), bundleHost()]);
  const made = new Map([
    ['/host/project.json', JSON.stringify(project)],
    ['/host/browser.js', host],
  ]);
  const folders = [
    { prefix: '/page/', read: createStaticFolder(PAGE) },
    { prefix: '/host/', read: createStaticFolder(HOST) },
    // For the picture on a shared card, which the shop names by its path in the project.
    { prefix: '/shop/assets/', read: createStaticFolder(join(shop, 'assets')) },
  ];

  return async (pathname) => {
    const path = pathname === '/' ? '/page/index.html' : pathname;
    const text = made.get(path);
    if (text !== undefined) return { type: contentType(path), body: text };
    for (const { prefix, read } of folders) {
      const body = path.startsWith(prefix) ? await read(path.slice(prefix.length)) : null;
      if (body) return { type: contentType(path), body };
    }
    return null;
  };
};
