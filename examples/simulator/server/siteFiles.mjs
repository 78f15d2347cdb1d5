import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileProject } from '../compileProject.mjs';
import { contentType, createStaticFolder } from './staticFolder.mjs';

const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const SHOP = folder('../../shop');
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

/**
 * Everything the browser loads: the page, the phone inside its iframe, and the compiled shop.
 *
 * @returns {Promise<(pathname: string) => Promise<{ type: string, body: string | Buffer } | null>>}
 */
export const createSiteFiles = async () => {
  const [project, host] = await Promise.all([compileProject(SHOP), bundleHost()]);
  const made = new Map([
    ['/host/project.json', JSON.stringify(project)],
    ['/host/browser.js', host],
  ]);
  const folders = [
    { prefix: '/page/', read: createStaticFolder(PAGE) },
    { prefix: '/host/', read: createStaticFolder(HOST) },
    // For the picture on a shared card, which the shop names by its path in the project.
    { prefix: '/shop/assets/', read: createStaticFolder(`${SHOP}/assets`) },
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
