/**
 * Entry scenes worth showing, with the hosts' own meaning. Codes and labels: the hosts' scene lists, which
 * `minitrail/scenes/*` has in full with their sources.
 */
export const SCENES = {
  wechat: [
    { code: 1001, zh: '发现页「最近使用」列表', en: 'Discover: recently used' },
    { code: 1089, zh: '聊天主界面下拉「最近使用」', en: 'Chat list pull-down: recent' },
    { code: 1005, zh: '首页顶部搜索结果', en: 'Home search result' },
    { code: 1007, zh: '单人聊天消息卡片', en: 'Card in a 1:1 chat' },
    { code: 1008, zh: '群聊消息卡片', en: 'Card in a group chat' },
    { code: 1155, zh: '朋友圈「单页模式」打开小程序', en: 'Opened from Moments single page' },
    { code: 1154, zh: '朋友圈内「单页模式」', en: 'Moments single-page mode' },
    { code: 1011, zh: '扫描二维码', en: 'Scanned QR code' },
    { code: 1047, zh: '扫描小程序码', en: 'Scanned mini-program code' },
    { code: 1045, zh: '朋友圈广告', en: 'Moments ad' },
    { code: 1058, zh: '公众号文章', en: 'Official account article' },
    { code: 1107, zh: '订阅消息', en: 'Subscribe message' },
    { code: 1037, zh: '从另一个小程序打开', en: 'Opened by another mini-program' },
    { code: 1010, zh: '收藏夹', en: 'Favourites' },
  ],
  // Strings of four characters.
  alipay: [
    { code: '1000', zh: '首页十二宫格及更多', en: 'Home grid and more' },
    { code: '1002', zh: '我的小程序入口', en: 'My mini-programs' },
    { code: '1005', zh: '顶部搜索框的搜索结果页', en: 'Search result' },
    { code: '1007', zh: '单人聊天的小程序消息卡片', en: 'Card in a 1:1 chat' },
    { code: '1011', zh: '扫描二维码', en: 'Scanned QR code' },
    { code: '1014', zh: '小程序商家消息', en: 'Merchant message' },
    { code: '1020', zh: '生活号主页的小程序列表', en: 'Lifestyle account' },
    { code: '1023', zh: '系统桌面图标', en: 'Desktop icon' },
    { code: '1037', zh: '小程序打开小程序', en: 'Opened by another mini-program' },
    { code: '0000', zh: '其他渠道', en: 'Other channel' },
  ],
  // Strings of six digits, the first two of which are the host app's.
  douyin: [
    { code: '021001', zh: '我的 - 小程序', en: 'Mine: mini-programs' },
    { code: '021036', zh: '个人主页 - 小程序模块', en: 'Profile: mini-programs' },
    { code: '022001', zh: '综合搜索 - 小程序入口', en: 'Search result' },
    { code: '023001', zh: '视频页左下角小程序链接', en: 'Link in a video' },
    { code: '023002', zh: '视频页评论区顶部', en: 'Above the comments of a video' },
    { code: '024001', zh: '私信', en: 'Private message' },
    { code: '021002', zh: '全局扫一扫', en: 'Scanned QR code' },
    { code: '021003', zh: '我的 - 收藏', en: 'Favourites' },
    { code: '021009', zh: '小程序跳转小程序', en: 'Opened by another mini-program' },
    { code: '021020', zh: '系统桌面快捷方式', en: 'Desktop shortcut' },
  ],
};

/** How a shared card of each kind is opened; the first is preselected. */
export const ENTRIES = {
  wechat: { message: [1007, 1008], timeline: [1155, 1154], favorites: [1010] },
  alipay: { message: ['1007', '1011'] },
  douyin: { message: ['024001', '021002'] },
};

/** @param {string} host @param {string | number} code as written in a form @returns the scene with its code as the host has it */
export const sceneOf = (host, code) => SCENES[host]?.find((scene) => String(scene.code) === String(code));

/** What a scene is called, in words; the code itself where the page has no name for it. */
export const sceneName = (host, code, language) => sceneOf(host, code)?.[language] ?? String(code);
