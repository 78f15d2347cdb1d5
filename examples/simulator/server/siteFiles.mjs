import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileProject } from '../compileProject.mjs';
import { contentType, createStaticFolder } from './staticFolder.mjs';

const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** The shop's project for each host. */
export const SHOPS = {
  wechat: folder('../../shop'),
  alipay: folder('../../shop-alipay/dist'),
  douyin: folder('../../shop-douyin/dist'),
};
/** Where the tracker is, as in every project that uses it. */
const PACKAGES = {
  wechat: 'miniprogram_npm/minitrail',
  alipay: 'node_modules/minitrail',
  douyin: 'miniprogram_npm/minitrail',
};
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
const checkPackage = (/** @type {string} */ shop, /** @type {string} */ folderInShop) => {
  const path = join(shop, folderInShop);
  if (existsSync(path)) return;
  throw new Error(`${relative(process.cwd(), path)} is missing. Build it with: npm run shop (npm start does both)`);
};

/**
 * Everything the browser loads: the page, the phone inside its iframe, and the compiled shops.
 *
 * @param {Partial<typeof SHOPS>} [shops] the folders of mini-program projects, by host
 * @param {{ reportUrl?: string | undefined }} [links] what the page leads to
 * @returns {Promise<(pathname: string) => Promise<{ type: string, body: string | Buffer } | null>>}
 */
export const createSiteFiles = async (shops, { reportUrl } = {}) => {
  const projects = { ...SHOPS, ...shops };
  const hosts = /** @type {(keyof typeof SHOPS)[]} */ (Object.keys(projects));
  for (const host of hosts) checkPackage(projects[host], PACKAGES[host]);
  const compile = async (/** @type {keyof typeof SHOPS} */ host) =>
    JSON.stringify(await compileProject(projects[host], { platform: host }));
  // The others when they are asked for: most visits see one host.
  const made = new Map([
    ['/host/project-wechat.json', Promise.resolve(await compile('wechat'))],
    ['/host/browser.js', Promise.resolve(await bundleHost())],
    ['/page/links.json', Promise.resolve(JSON.stringify({ report: reportUrl }))],
  ]);
  const later = new Map(hosts.map((host) => [`/host/project-${host}.json`, host]));
  const folders = [
    { prefix: '/page/', read: createStaticFolder(PAGE) },
    { prefix: '/host/', read: createStaticFolder(HOST) },
    // For the picture on a shared card, which the shop names by its path in the project.
    { prefix: '/shop/assets/', read: createStaticFolder(join(projects.wechat, 'assets')) },
  ];

  return async (pathname) => {
    const path = pathname === '/' ? '/page/index.html' : pathname;
    const host = later.get(path);
    if (host && !made.has(path)) made.set(path, compile(host));
    const text = await made.get(path);
    if (text !== undefined) return { type: contentType(path), body: text };
    for (const { prefix, read } of folders) {
      const body = path.startsWith(prefix) ? await read(path.slice(prefix.length)) : null;
      if (body) return { type: contentType(path), body };
    }
    return null;
  };
};
