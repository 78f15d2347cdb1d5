import { transform } from 'esbuild';

/**
 * The words of the three hosts for the same thing. Each dialect brings a project's files into WeChat's, which is what
 * glass-easel compiles.
 *
 * @typedef {object} Dialect
 * @property {string} template extension
 * @property {string} style extension
 * @property {string} script extension of scripts for templates
 * @property {string} packages the folder of npm packages
 * @property {(tag: string, customTags: Set<string>) => string} toWechatTag one tag of a template
 * @property {(source: string, path: string) => Promise<string>} toWxs
 * @property {(json: any) => any} toWechatJson app.json, or that of a page
 * @property {string} [styleIsolation] of a component that names none
 */

// Attribute names, and attribute values to be skipped.
const ATTRIBUTE = /"[^"]*"|'[^']*'|(?<=\s)[^\s=/>"']+(?=[\s=/>])/g;

/** @param {string} tag @param {(name: string) => string} rename */
const renameAttributes = (tag, rename) => tag.replace(ATTRIBUTE, (text) => (/^["']/.test(text) ? text : rename(text)));

const sourcesToWechat = (tag, template, script) =>
  tag.replace(/(\ssrc=["'][^"'{]*?)(\.\w+)(["'])/, (whole, head, extension, quote) => {
    if (extension === template) return `${head}.wxml${quote}`;
    return extension === script ? `${head}.wxs${quote}` : whole;
  });

// glass-easel's compiler knows `bind:tap` only; WeChat and Douyin also accept `bindtap`, `catchtap`, ….
// https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html
const SHORT_BINDING = /^(capture-bind|capture-catch|mut-bind|bind|catch)([a-zA-Z_][\w-]*)$/;
const expandBinding = (name) => name.replace(SHORT_BINDING, '$1:$2');

/** A host leaves another host's words where they are, and the page is wrong without a message; here it is said. */
const refuseOthers = (name, own) => {
  if (/^(wx|a|tt):/.test(name) && !name.startsWith(own)) throw new Error(`"${name}" should begin with "${own}"`);
  return name;
};

const asItIs = (value) => value;

// glass-easel knows a script by its path without the extension.
const requireWithoutExtension = (source) => source.replace(/(\brequire\(["'][^"']+)\.(?:wxs|sjs)(["']\))/g, '$1$2');

/** SJS has modules: a default export is the module, named ones are its members. */
const sjsToWxs = async (source, path) => {
  const { code } = await transform(source, { format: 'cjs', target: 'es2019', logLevel: 'silent' }).catch((error) => {
    throw new Error(`${path}: ${error.message}`);
  });
  const required = requireWithoutExtension(code);
  if (!/^\s*(import|export)\b/m.test(source)) return required;
  return `${required}\nif (module.exports.default !== undefined) module.exports = module.exports.default;\n`;
};

/** @type {Dialect} */
const wechat = {
  template: '.wxml',
  style: '.wxss',
  script: '.wxs',
  packages: 'miniprogram_npm',
  toWechatTag: (tag) => renameAttributes(tag, (name) => expandBinding(refuseOthers(name, 'wx:'))),
  toWxs: async (source) => requireWithoutExtension(source),
  toWechatJson: asItIs,
};

/**
 * https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/framework/view/ttml
 *
 * @type {Dialect}
 */
const douyin = {
  template: '.ttml',
  style: '.ttss',
  script: '.sjs',
  packages: 'miniprogram_npm',
  toWechatTag: (tag) =>
    sourcesToWechat(
      renameAttributes(tag.replace(/^<(\/?)sjs\b/, '<$1wxs'), (name) =>
        expandBinding(refuseOthers(name, 'tt:')).replace(/^tt:/, 'wx:'),
      ),
      '.ttml',
      '.sjs',
    ),
  toWxs: sjsToWxs,
  toWechatJson: asItIs,
};

const EVENT = /^(capture-)?(on|catch)([A-Z]\w*)$/;

/** `<import-sjs name="{ a, b: c }" from="./m.sjs"/>`: one wxs module for each name. */
const importSjs = (tag) => {
  const name = /\sname=(["'])(.*?)\1/s.exec(tag)?.[2].trim() ?? '';
  const from = (/\sfrom=(["'])(.*?)\1/s.exec(tag)?.[2] ?? '').replace(/\.sjs$/, '');
  if (!name.startsWith('{')) return `<wxs module="${name}" src="${from}.wxs" />`;
  return name
    .slice(1, -1)
    .split(',')
    .filter((pair) => pair.trim())
    .map((pair) => {
      const [exported, local = exported] = pair.split(':').map((word) => word.trim());
      return `<wxs module="${local}">module.exports = require('${from}').${exported};</wxs>`;
    })
    .join('');
};

const renamed = (object, names) => {
  if (!object) return object;
  const { ...result } = object;
  for (const [theirs, ours] of Object.entries(names)) if (theirs in result) result[ours] ??= result[theirs];
  return result;
};

const WINDOW = {
  defaultTitle: 'navigationBarTitleText',
  titleBarColor: 'navigationBarBackgroundColor',
  navigationBarFrontColor: 'navigationBarTextStyle',
};
const TAB = { name: 'text', icon: 'iconPath', activeIcon: 'selectedIconPath' };

/**
 * https://opendocs.alipay.com/mini/framework/axml
 *
 * @type {Dialect}
 */
const alipay = {
  template: '.axml',
  style: '.acss',
  script: '.sjs',
  packages: 'node_modules',
  toWechatTag(tag, customTags) {
    if (/^<\/?import-sjs\b/.test(tag)) return tag.startsWith('</') ? '' : importSjs(tag);
    const isCustom = customTags.has(/^<\/?([\w-]+)/.exec(tag)[1]);
    const rename = (name) => {
      if (refuseOthers(name, 'a:').startsWith('a:')) return `wx:${name.slice(2)}`;
      // On a component these are no events: the parent's function is handed over. The host finds it by its mark.
      // https://opendocs.alipay.com/mini/framework/component_object#props
      if (isCustom) return name === 'ref' || /^on[A-Z]/.test(name) ? `mark:${name}` : name;
      // https://opendocs.alipay.com/mini/framework/events
      return name.replace(EVENT, (_, capture = '', kind, type) => {
        return `${capture}${kind === 'on' ? 'bind' : 'catch'}:${type.toLowerCase()}`;
      });
    };
    return sourcesToWechat(renameAttributes(tag, rename), '.axml', '.sjs');
  },
  toWxs: sjsToWxs,
  // https://opendocs.alipay.com/mini/framework/app-json
  toWechatJson(json) {
    const result = renamed(json, WINDOW);
    if (json.window) result.window = renamed(json.window, WINDOW);
    if (json.tabBar) {
      const { items = [], list = items } = json.tabBar;
      result.tabBar = { ...renamed(json.tabBar, { textColor: 'color' }), list: list.map((tab) => renamed(tab, TAB)) };
    }
    return result;
  },
  // github.com/AlipayDocs/open-docs: mini/framework/自定义组件/组件配置.md
  styleIsolation: 'shared',
};

/** @type {Record<string, Dialect>} */
export const dialects = { wechat, alipay, douyin };
