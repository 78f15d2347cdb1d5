/**
 * Names that exist in a browser or in Node but not on a phone. Each module gets them as parameters without a value,
 * as WeChat's own module wrapper does.
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

const dirname = (path) => path.split('/').slice(0, -1).join('/');

const join = (...parts) => {
  const out = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '..') out.pop();
    else if (part && part !== '.') out.push(part);
  }
  return out.join('/');
};

/**
 * @param {object} options
 * @param {Record<string, string>} options.modules
 * @param {(source: string, filename: string) => any} options.evaluate
 * @param {Record<string, unknown>} options.globals handed to each module by parameter: what no module may replace
 * @param {readonly string[]} [options.absent]
 */
export const createModuleLoader = ({ modules, evaluate, globals, absent = ABSENT }) => {
  /** @type {Map<string, { exports: any }>} */
  const loaded = new Map();

  const candidates = (from, request) => {
    if (request.startsWith('/')) return [join(request)];
    const beside = join(dirname(from), request);
    if (request.startsWith('.')) return [beside];
    const found = [beside];
    // npm packages: the nearest `miniprogram_npm` wins.
    // https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html
    for (let dir = dirname(from); ; dir = dirname(dir)) {
      found.push(join(dir, 'miniprogram_npm', request));
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
