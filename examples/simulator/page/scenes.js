/** Entry scenes of WeChat worth showing, with the host's own meaning. Codes and labels: WeChat's scene list. */
export const SCENES = [
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
];
