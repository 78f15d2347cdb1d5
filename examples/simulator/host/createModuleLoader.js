/**
 * Names that exist in a browser or in Node but not on a phone. Each module gets them as parameters without a value,
 * as WeChat's own module wrapper does. Alipay and Douyin forbid the global object.
 * https://opendocs.alipay.com/mini/03dbc3#globalObjectMode
 * https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/tutorial/miniapp-framework/miniapp-runtime
 */
export const ABSENT = [
  'window',
  'document',
  'globalThis',
  'global',
  'self',
  'frames',
  'parent',
  'top',
  'process',
  'Buffer',
  'location',
  'navigator',
  'history',
  'screen',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'XMLHttpRequest',
  'fetch',
  'WebSocket',
  'Worker',
  'alert',
  'confirm',
  'prompt',
  'postMessage',
  'crypto',
  'performance',
];

/** The same on a phone whose engine is old: what promises to run everywhere may not use these either. */
export const ABSENT_ON_OLD_PHONES = [...ABSENT, 'Proxy', 'WebAssembly'];

const dirname = (path) => path.split('/').slice(0, -1).join('/');

const join = (...parts) => {
  const out = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '..') out.pop();
    else if (part && part !== '.') out.push(part);
  }
  return out.join('/');
};

/** The file that `exports` of a package.json names for `require`, patterns included. */
const fromExports = (exports, subpath) => {
  for (const [pattern, target] of Object.entries(exports)) {
    const [head, tail] = pattern.split('*');
    const isMatch = tail === undefined ? pattern === subpath : subpath.startsWith(head) && subpath.endsWith(tail);
    if (!isMatch) continue;
    const named = target?.require ?? target;
    const file = typeof named === 'string' ? named : named?.default;
    return file?.replace('*', () => subpath.slice(head.length, subpath.length - (tail ?? '').length));
  }
  return undefined;
};

/**
 * @param {object} options
 * @param {Record<string, string>} options.modules
 * @param {Record<string, any>} [options.packages] package.json of each folder in `node_modules`, where packages are there
 * @param {(source: string, filename: string) => any} options.evaluate
 * @param {Record<string, unknown>} options.globals handed to each module by parameter: what no module may replace
 * @param {readonly string[]} [options.absent]
 */
export const createModuleLoader = ({ modules, packages = {}, evaluate, globals, absent = ABSENT }) => {
  /** @type {Map<string, { exports: any }>} */
  const loaded = new Map();

  const inNodeModules = (dir, request) => {
    const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(request) ?? [];
    const folder = join(dir, 'node_modules', name ?? '');
    if (!Object.hasOwn(packages, folder)) return [];
    const { main = 'index.js', exports = {} } = packages[folder];
    const listed = rest === undefined ? main : fromExports(exports, `./${rest}`);
    return [...(listed ? [join(folder, listed)] : []), ...(rest ? [join(folder, rest)] : [])];
  };

  const candidates = (from, request) => {
    if (request.startsWith('/')) return [join(request)];
    const beside = join(dirname(from), request);
    if (request.startsWith('.')) return [beside];
    const found = [beside];
    // npm packages: the nearest `miniprogram_npm` wins; Alipay reads `node_modules` itself.
    // https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html
    // github.com/AlipayDocs/open-docs: mini/ide/小程序开发者工具/功能面板/NPM 包管理.md
    for (let dir = dirname(from); ; dir = dirname(dir)) {
      found.push(join(dir, 'miniprogram_npm', request), ...inNodeModules(dir, request));
      if (!dir) return found;
    }
  };

  const resolve = (from, request) => {
    for (const path of candidates(from, request)) {
      for (const end of ['', '.js', '/index.js']) if (Object.hasOwn(modules, path + end)) return path + end;
    }
    throw new Error(`module '${join(dirname(from), request)}.js' is not defined, require args is '${request}'`);
  };

  const load = (path) => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(path, module);
    const names = ['require', 'module', 'exports', ...Object.keys(globals), ...absent];
    // On one line with the first line of the source, so that stack traces keep their line numbers.
    const factory = evaluate(`(function (${names.join(', ')}) {${modules[path]}\n})`, path);
    const require = (request) => load(resolve(path, request));
    require.async = (request) => new Promise((done) => done(require(request)));
    factory.call(undefined, require, module, module.exports, ...Object.values(globals));
    return module.exports;
  };

  return { load };
};
