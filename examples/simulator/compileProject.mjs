import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { transform } from 'esbuild';
import { compileStyle } from './compile/compileStyles.mjs';
import { compileTemplates } from './compile/compileTemplates.mjs';

/**
 * @typedef {object} Project a mini-program, ready for a host; plain JSON
 * @property {Record<string, any>} appJson
 * @property {string[]} pages every page, subpackages included; the first is the home page
 * @property {Record<string, string>} modules `pages/a/a.js` → CommonJS source
 * @property {Record<string, any>} components page or component path → its json, `usingComponents` made absolute
 * @property {string} templates an expression: path → compiled template
 * @property {Record<string, string>} styles `app`, page or component path → css
 * @property {Record<string, string>} scopes component path → class prefix of its isolated styles
 * @property {Record<string, string>} images path → data URL, so that a phone needs no file server
 */

const TEXT = new Set(['.js', '.json', '.wxml', '.wxs', '.wxss']);
const IMAGE = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/** @returns {Promise<Map<string, string>>} path inside the project → text, or data URL for an image */
const readFiles = async (dir, inner = '') => {
  const files = new Map();
  for (const entry of await readdir(join(dir, inner), { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = posix.join(inner, entry.name);
    if (entry.isDirectory()) {
      for (const [k, v] of await readFiles(dir, path)) files.set(k, v);
    } else if (TEXT.has(extname(path))) {
      files.set(path, await readFile(join(dir, path), 'utf8'));
    } else if (IMAGE[extname(path)]) {
      files.set(path, `data:${IMAGE[extname(path)]};base64,${await readFile(join(dir, path), 'base64')}`);
    }
  }
  return files;
};

const readJson = (files, path, fallback) => {
  const text = files.get(path);
  if (text === undefined) {
    if (fallback) return fallback;
    throw new Error(`${path}: file not found`);
  }
  try {
    return text.trim() ? JSON.parse(text) : {};
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
};

const listPages = (appJson) => {
  const packages = appJson.subPackages ?? appJson.subpackages ?? [];
  const inPackages = packages.flatMap((p) => p.pages.map((page) => posix.join(p.root, page)));
  const pages = [...(appJson.pages ?? []), ...inPackages];
  if (!pages.length) throw new Error('app.json: "pages" is empty');
  return pages;
};

const absolute = (from, target) => (target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(from), target));

/** WeChat looks for a bare name beside the file first, then in `miniprogram_npm` of each parent folder. */
const resolveComponent = (files, from, target) => {
  const plain = absolute(from, target);
  const candidates = [plain, `${plain}/index`];
  for (let dir = posix.dirname(from); !/^[./]/.test(target); dir = posix.dirname(dir)) {
    const npm = posix.join(dir, 'miniprogram_npm', target);
    candidates.push(npm, `${npm}/index`);
    if (dir === '.') break;
  }
  return candidates.find((path) => files.has(`${path}.wxml`));
};

/** Every page and every component reachable from one. */
const collectComponents = (files, appJson, pages) => {
  const components = {};
  const visit = (path, wantedBy) => {
    if (components[path]) return;
    for (const extension of ['.js', '.wxml']) {
      if (!files.has(path + extension)) throw new Error(`${path}${extension}: file not found (listed in ${wantedBy})`);
    }
    const json = readJson(files, `${path}.json`, {});
    const usingComponents = {};
    components[path] = { ...json, usingComponents };
    const own = Object.entries(json.usingComponents ?? {}).map((e) => [...e, path]);
    const global = Object.entries(appJson.usingComponents ?? {}).map((e) => [...e, 'app']);
    // A page's own entry wins over the app's.
    for (const [name, target, from] of [...global, ...own]) {
      const found = resolveComponent(files, from, target);
      if (!found) throw new Error(`${from}.json: component "${name}" not found at "${target}"`);
      usingComponents[name] = `/${found}`;
      visit(found, `${from}.json`);
    }
  };
  for (const page of pages) visit(page, 'app.json');
  return components;
};

// WeChat's tools turn ES modules into CommonJS before they run; plain CommonJS is only checked, and stays byte for byte.
const toCommonJs = async (path, source) => {
  try {
    const { code } = await transform(source, { format: 'cjs', target: 'es2019', logLevel: 'silent' });
    return /^\s*(import|export)\b/m.test(source) ? code : source;
  } catch (error) {
    const [first] = error.errors ?? [];
    throw new Error(first ? `${path}:${first.location?.line ?? 1}: ${first.text}` : `${path}: ${error.message}`);
  }
};

const byExtension = (files, extension) =>
  Object.fromEntries(
    [...files].filter(([p]) => p.endsWith(extension)).map(([p, text]) => [p.slice(0, -extension.length), text]),
  );

/**
 * Compiles a native WeChat project folder.
 *
 * @param {string} dir
 * @returns {Promise<Project>}
 */
export const compileProject = async (dir) => {
  const files = await readFiles(dir);
  const appJson = readJson(files, 'app.json');
  if (!files.has('app.js')) throw new Error('app.js: file not found');
  for (const path of files.keys()) if (path.endsWith('.json')) readJson(files, path);
  const pages = listPages(appJson);
  const components = collectComponents(files, appJson, pages);

  const modules = {};
  for (const [path, text] of files) if (path.endsWith('.js')) modules[path] = await toCommonJs(path, text);

  const scopes = {};
  const styles = {};
  const read = (path) => files.get(path);
  if (files.has('app.wxss')) styles.app = compileStyle('app.wxss', read);
  for (const [path, json] of Object.entries(components)) {
    const shared = json.styleIsolation === 'shared' || json.styleIsolation === 'page-shared';
    if (json.component && !pages.includes(path) && !shared) scopes[path] = path.replace(/[^\w]/g, '-');
    if (files.has(`${path}.wxss`)) styles[path] = compileStyle(`${path}.wxss`, read, scopes[path]);
  }

  return {
    appJson,
    pages,
    modules,
    components,
    templates: compileTemplates(byExtension(files, '.wxml'), byExtension(files, '.wxs')),
    styles,
    scopes,
    images: Object.fromEntries([...files].filter(([, text]) => text.startsWith('data:image/'))),
  };
};
