const config = require('./config');

const LANGUAGE_KEY = 'shop:language';

const dictionary = {
  zh: {
    tabs: ['首页', '购物车', '我的'],
    titles: { home: '北辰数码', product: '商品详情', cart: '购物车', order: '确认订单', paid: '支付结果', me: '我的' },
    home: {
      search: '搜索手机、耳机、手表',
      kicker: '新客礼',
      banner: '开学焕新季',
      bannerNote: '满 ¥999 立减',
      claim: '立即领取',
      claimed: '已领取',
      promises: ['官方正品', '顺丰包邮', '七天无理由'],
      recommended: '为你精选',
      countOne: '件好物',
      count: '件好物',
      empty: '没有找到相关商品',
      clear: '清除搜索',
    },
    card: { sold: '人已购' },
    product: {
      sold: '人已购',
      color: '颜色',
      model: '版本',
      quantity: '数量',
      specs: '参数',
      promises: '官方正品 · 顺丰包邮 · 七天无理由退换',
      coupon: '可用券',
      add: '加入购物车',
      buy: '立即购买',
      share: '分享',
      home: '首页',
      cart: '购物车',
      added: '已加入购物车',
      missing: '商品已下架',
      missingNote: '看看店里的其他好物吧',
      back: '去逛逛',
    },
    cart: {
      item: '件商品',
      items: '件商品',
      free: '已享免运费',
      couponApplied: '已用优惠券',
      couponNone: '暂无可用优惠券',
      subtotal: '小计',
      discount: '优惠',
      total: '合计',
      checkout: '去结算',
      empty: '购物车还是空的',
      emptyNote: '挑一件喜欢的，让今天更有趣',
      shop: '去逛逛',
      remove: '删除',
      removed: '已删除',
    },
    order: {
      address: '上海市徐汇区云锦路 500 号 A 座 1208 室',
      receiver: '林晓北',
      phone: '138****6021',
      tag: '公司',
      delivery: '预计明天 12:00 前送达',
      goods: '商品清单',
      coupon: '优惠券',
      noCoupon: '不使用优惠券',
      none: '暂无可用优惠券',
      payment: '支付方式',
      wechat_pay: '微信支付',
      wechat_payNote: '推荐',
      store_card: '北辰储值卡',
      store_cardNote: '余额 ¥8,600.00',
      amount: '金额明细',
      subtotal: '商品金额',
      shipping: '运费',
      discount: '优惠券',
      total: '应付',
      submit: '提交订单',
      empty: '没有需要结算的商品',
      back: '返回首页',
    },
    paid: {
      success: '支付成功',
      note: '我们正在为你打包，预计明天 12:00 前送达',
      number: '订单编号',
      time: '下单时间',
      method: '支付方式',
      saved: '已优惠',
      missing: '没有找到该订单',
      back: '返回首页',
      orders: '查看订单',
      more: '你可能还喜欢',
    },
    me: {
      guest: '你好，欢迎来到北辰',
      guestNote: '登录后同步订单与优惠券',
      name: '林晓北',
      level: '金卡会员',
      login: '微信登录',
      logout: '退出登录',
      loggedIn: '登录成功',
      loggedOut: '已退出',
      stats: ['订单', '优惠券', '购物车'],
      orders: '我的订单',
      noOrders: '还没有订单',
      status: '待发货',
      piece: '件',
      pieces: '件',
      coupons: '优惠券',
      over: '满',
      usable: '可用',
      claim: '领取',
      claimed: '已领取',
      owned: '待使用',
      used: '已使用',
      language: '语言',
      about: '北辰数码 · 演示商城，不产生真实交易',
    },
  },
  en: {
    tabs: ['Home', 'Cart', 'Me'],
    titles: { home: 'Polaris', product: 'Product', cart: 'Cart', order: 'Checkout', paid: 'Payment', me: 'Me' },
    home: {
      search: 'Search phones, earbuds, watches',
      kicker: 'WELCOME GIFT',
      banner: 'Back to School',
      bannerNote: 'off orders over ¥999',
      claim: 'Claim now',
      claimed: 'Claimed',
      promises: ['Genuine', 'Free express', '7-day returns'],
      recommended: 'Picked for you',
      countOne: 'product',
      count: 'products',
      empty: 'No product matches',
      clear: 'Clear search',
    },
    card: { sold: 'sold' },
    product: {
      sold: 'sold',
      color: 'Colour',
      model: 'Version',
      quantity: 'Quantity',
      specs: 'Specifications',
      promises: 'Genuine · Free express · 7-day returns',
      coupon: 'Coupon',
      add: 'Add to cart',
      buy: 'Buy now',
      share: 'Share',
      home: 'Home',
      cart: 'Cart',
      added: 'Added to cart',
      missing: 'No longer on sale',
      missingNote: 'Have a look at our other products',
      back: 'Go shopping',
    },
    cart: {
      item: 'item',
      items: 'items',
      free: 'Free shipping',
      couponApplied: 'Coupon applied',
      couponNone: 'No coupon applies',
      subtotal: 'Subtotal',
      discount: 'Discount',
      total: 'Total',
      checkout: 'Check out',
      empty: 'Your cart is empty',
      emptyNote: 'Pick something you like',
      shop: 'Go shopping',
      remove: 'Remove',
      removed: 'Removed',
    },
    order: {
      address: 'Room 1208, Tower A, 500 Yunjin Road, Xuhui, Shanghai',
      receiver: 'Bei Lin',
      phone: '138****6021',
      tag: 'Office',
      delivery: 'Arrives tomorrow before 12:00',
      goods: 'Your items',
      coupon: 'Coupon',
      noCoupon: 'Use no coupon',
      none: 'No coupon applies',
      payment: 'Payment',
      wechat_pay: 'WeChat Pay',
      wechat_payNote: 'Recommended',
      store_card: 'Polaris card',
      store_cardNote: 'Balance ¥8,600.00',
      amount: 'Summary',
      subtotal: 'Items',
      shipping: 'Shipping',
      discount: 'Coupon',
      total: 'To pay',
      submit: 'Place order',
      empty: 'Nothing to check out',
      back: 'Back to home',
    },
    paid: {
      success: 'Payment successful',
      note: 'Packing now. Arrives tomorrow before 12:00.',
      number: 'Order no.',
      time: 'Placed at',
      method: 'Paid with',
      saved: 'You saved',
      missing: 'No such order',
      back: 'Back to home',
      orders: 'View orders',
      more: 'You may also like',
    },
    me: {
      guest: 'Welcome to Polaris',
      guestNote: 'Log in to keep orders and coupons',
      name: 'Bei Lin',
      level: 'Gold member',
      login: 'Log in',
      logout: 'Log out',
      loggedIn: 'Logged in',
      loggedOut: 'Logged out',
      stats: ['Orders', 'Coupons', 'In cart'],
      orders: 'My orders',
      noOrders: 'No orders yet',
      status: 'Packing',
      piece: 'item',
      pieces: 'items',
      coupons: 'Coupons',
      over: 'Over',
      usable: '',
      claim: 'Claim',
      claimed: 'Claimed',
      owned: 'Ready',
      used: 'Used',
      language: 'Language',
      about: 'Polaris is a demo shop. No real trade takes place.',
    },
  },
};

const isLanguage = (value) => value === 'zh' || value === 'en';

const chosen = wx.getStorageSync(LANGUAGE_KEY);
let current = isLanguage(chosen) ? chosen : config.language;

const texts = (section) => dictionary[current][section];

const ignore = () => {};

/** Names the tabs. WeChat refuses while a page outside the tab bar is on top; the next tab page asks again. */
function translateTabBar() {
  if (!wx.setTabBarItem) return;
  texts('tabs').forEach((text, index) => {
    wx.setTabBarItem({ index, text, fail: ignore });
  });
}

/** Titles the page on top. */
const translateTitle = (page) => wx.setNavigationBarTitle({ title: texts('titles')[page] });

module.exports = {
  /** `'zh'` or `'en'`. */
  language: () => current,

  /** Switches the language and remembers the choice. */
  setLanguage(language) {
    if (!isLanguage(language)) return;
    current = language;
    wx.setStorageSync(LANGUAGE_KEY, language);
    translateTabBar();
  },

  /** The texts of one page. */
  texts,

  /** A text of the catalogue: a string, or one per language. */
  localize: (text) => (typeof text === 'string' ? text : text[current]),

  translateTabBar,
  translateTitle,
};
