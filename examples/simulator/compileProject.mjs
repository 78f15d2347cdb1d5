import { readdir, readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { transform } from 'esbuild';
import { compileStyle } from './compile/compileStyles.mjs';
import { compileTemplates } from './compile/compileTemplates.mjs';
import { dialects } from './compile/dialects.mjs';

/**
 * @typedef {object} Project a mini-program, ready for a host; plain JSON
 * @property {'wechat' | 'alipay' | 'douyin'} platform
 * @property {Record<string, any>} appJson in WeChat's words
 * @property {string[]} pages every page, subpackages included; the first is the home page
 * @property {Record<string, string>} modules `pages/a/a.js` → CommonJS source
 * @property {Record<string, any>} components page or component path → its json, `usingComponents` made absolute
 * @property {Record<string, any>} packages package.json of each folder in `node_modules`
 * @property {string} templates an expression: path → compiled template
 * @property {Record<string, string>} styles `app`, page or component path → css
 * @property {Record<string, string>} scopes component path → class prefix of its isolated styles
 * @property {Record<string, string>} images path → data URL, so that a phone needs no file server
 */

const IMAGE = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/**
 * @param {string} dir
 * @param {(path: string) => boolean} isText
 * @param {string} packages the folder of npm packages
 * @returns {Promise<Map<string, string>>} path inside the project → text, or data URL for an image
 */
const readFiles = async (dir, isText, packages, inner = '') => {
  const files = new Map();
  for (const entry of await readdir(join(dir, inner), { withFileTypes: true })) {
    if ((entry.name === 'node_modules' && packages !== 'node_modules') || entry.name.startsWith('.')) continue;
    const path = posix.join(inner, entry.name);
    if (entry.isDirectory()) {
      for (const [k, v] of await readFiles(dir, isText, packages, path)) files.set(k, v);
    } else if (isText(path)) {
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

/** A bare name is looked for beside the file first, then in the npm folder of each parent folder. */
const resolveComponent = (files, dialect, from, target) => {
  const plain = absolute(from, target);
  const candidates = [plain, `${plain}/index`];
  for (let dir = posix.dirname(from); !/^[./]/.test(target); dir = posix.dirname(dir)) {
    const npm = posix.join(dir, dialect.packages, target);
    candidates.push(npm, `${npm}/index`);
    if (dir === '.') break;
  }
  return candidates.find((path) => files.has(path + dialect.template));
};

/** Every page and every component reachable from one. */
const collectComponents = (files, dialect, appJson, pages) => {
  const components = {};
  const visit = (path, wantedBy) => {
    if (components[path]) return;
    for (const extension of ['.js', dialect.template]) {
      if (!files.has(path + extension)) throw new Error(`${path}${extension}: file not found (listed in ${wantedBy})`);
    }
    const json = dialect.toWechatJson(readJson(files, `${path}.json`, {}));
    if (json.component && dialect.styleIsolation) json.styleIsolation ??= dialect.styleIsolation;
    const usingComponents = {};
    components[path] = { ...json, usingComponents };
    const own = Object.entries(json.usingComponents ?? {}).map((e) => [...e, path]);
    const global = Object.entries(appJson.usingComponents ?? {}).map((e) => [...e, 'app']);
    // A page's own entry wins over the app's.
    for (const [name, target, from] of [...global, ...own]) {
      const found = resolveComponent(files, dialect, from, target);
      if (!found) throw new Error(`${from}.json: component "${name}" not found at "${target}"`);
      usingComponents[name] = `/${found}`;
      visit(found, `${from}.json`);
    }
  };
  for (const page of pages) visit(page, 'app.json');
  return components;
};

// The hosts' tools turn ES modules into CommonJS before they run; plain CommonJS is only checked, and stays byte for byte.
const toCommonJs = async (path, source) => {
  try {
    const { code } = await transform(source, { format: 'cjs', target: 'es2019', logLevel: 'silent' });
    return /^\s*(import|export)\b/m.test(source) ? code : source;
  } catch (error) {
    const [first] = error.errors ?? [];
    throw new Error(first ? `${path}:${first.location?.line ?? 1}: ${first.text}` : `${path}: ${error.message}`);
  }
};

const inPackage = (path) => /(^|\/)node_modules\//.test(path);

const byExtension = (files, extension) =>
  Object.fromEntries(
    [...files].filter(([p]) => p.endsWith(extension)).map(([p, text]) => [p.slice(0, -extension.length), text]),
  );

/**
 * Compiles a native project folder of WeChat, Alipay or Douyin.
 *
 * @param {string} dir
 * @param {{ platform?: 'wechat' | 'alipay' | 'douyin' }} [options]
 * @returns {Promise<Project>}
 */
export const compileProject = async (dir, { platform = 'wechat' } = {}) => {
  const dialect = dialects[platform];
  if (!dialect) throw new Error(`platform: "${platform}" is none of ${Object.keys(dialects).join(', ')}`);
  const text = new Set(['.js', '.json', dialect.template, dialect.style, dialect.script]);
  const files = await readFiles(dir, (path) => text.has(extname(path)), dialect.packages);
  const appJson = dialect.toWechatJson(readJson(files, 'app.json'));
  if (!files.has('app.js')) throw new Error('app.js: file not found');
  for (const path of files.keys()) if (path.endsWith('.json') && !inPackage(path)) readJson(files, path);
  const pages = listPages(appJson);
  const components = collectComponents(files, dialect, appJson, pages);

  const modules = {};
  for (const [path, text] of files) if (path.endsWith('.js')) modules[path] = await toCommonJs(path, text);

  const scopes = {};
  const styles = {};
  const read = (path) => files.get(path);
  if (files.has(`app${dialect.style}`)) styles.app = compileStyle(`app${dialect.style}`, read);
  for (const [path, json] of Object.entries(components)) {
    const shared = json.styleIsolation === 'shared' || json.styleIsolation === 'page-shared';
    if (json.component && !pages.includes(path) && !shared) scopes[path] = path.replace(/[^\w]/g, '-');
    if (files.has(path + dialect.style)) styles[path] = compileStyle(path + dialect.style, read, scopes[path]);
  }

  const scripts = {};
  for (const [path, source] of Object.entries(byExtension(files, dialect.script))) {
    scripts[path] = await dialect.toWxs(source, path + dialect.script);
  }
  const customTags = new Set(Object.values(components).flatMap((json) => Object.keys(json.usingComponents)));

  const packages = {};
  for (const path of files.keys()) {
    if (inPackage(path) && path.endsWith('/package.json')) packages[posix.dirname(path)] = readJson(files, path);
  }

  return {
    platform,
    appJson,
    pages,
    modules,
    components,
    packages,
    templates: compileTemplates({ templates: byExtension(files, dialect.template), scripts, dialect, customTags }),
    styles,
    scopes,
    images: Object.fromEntries([...files].filter(([, text]) => text.startsWith('data:image/'))),
  };
};
