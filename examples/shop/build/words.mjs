// How Alipay and Douyin write what WeChat's templates and json files say. Enough for this shop; a framework such as
// uni-app, Taro or mpx knows the rest.

const TAG = /<[a-z](?:"[^"]*"|[^>"])*>/gi;
const ATTRIBUTE = /"[^"]*"|(?<=\s)[\w:-]+(?=[\s=/>])/g;

/** Renames the attributes of a template's tags. */
const renameAttributes = (wxml, rename) =>
  wxml.replace(TAG, (tag) => tag.replace(ATTRIBUTE, (text) => (text.startsWith('"') ? text : rename(text))));

const BINDING = /^(bind|catch):?(\w)(\w*)$/;

const renameKeys = (json, names) => Object.fromEntries(Object.entries(json).map(([key, value]) => [names[key] ?? key, value]));

/** https://opendocs.alipay.com/mini/framework/app-json */
const WINDOW = {
  navigationBarTitleText: 'defaultTitle',
  navigationBarBackgroundColor: 'titleBarColor',
  navigationBarTextStyle: 'navigationBarFrontColor',
};
const TAB = { text: 'name', iconPath: 'icon', selectedIconPath: 'activeIcon' };

/** Of the app, a page or a component. */
const alipayJson = ({ sitemapLocation, ...json }) => {
  const result = renameKeys(json, WINDOW);
  // By default the styles of a page or component also hold outside it; WeChat's do not.
  // github.com/AlipayDocs/open-docs: mini/framework/自定义组件/组件配置.md
  if (!json.pages) result.styleIsolation = 'apply-shared';
  if (json.window) result.window = renameKeys(json.window, WINDOW);
  if (json.tabBar) {
    const { list, color, borderStyle, ...tabBar } = json.tabBar;
    result.tabBar = { ...tabBar, textColor: color, items: list.map((tab) => renameKeys(tab, TAB)) };
  }
  return result;
};

const alipay = {
  folder: 'shop-alipay',
  extensions: { '.wxml': '.axml', '.wxss': '.acss' },
  /** `bindtap` is `onTap`, `wx:for` is `a:for`. https://opendocs.alipay.com/mini/framework/events */
  template: (wxml) =>
    renameAttributes(wxml, (name) =>
      name
        .replace(/^wx:/, 'a:')
        .replace(BINDING, (_, kind, first, rest) => (kind === 'bind' ? 'on' : 'catch') + first.toUpperCase() + rest),
    ),
  json: alipayJson,
};

const douyin = {
  folder: 'shop-douyin',
  extensions: { '.wxml': '.ttml', '.wxss': '.ttss' },
  /** https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/framework/view/ttml */
  template: (wxml) => renameAttributes(wxml, (name) => name.replace(/^wx:/, 'tt:')),
  json: ({ sitemapLocation, ...json }) => json,
};

export const words = { alipay, douyin };
