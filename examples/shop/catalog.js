// `name` is a model name and the same in every language, so that a report never sees one product as two.
// `models` differ in price, `colors` do not. Prices are in yuan.

const INK = { id: 'ink', name: { zh: '曜石黑', en: 'Obsidian' }, hex: '#2b303b' };
const SILVER = { id: 'silver', name: { zh: '月光银', en: 'Moonlight' }, hex: '#c9d0dc' };
const BLUE = { id: 'blue', name: { zh: '远峰蓝', en: 'Summit blue' }, hex: '#5b83e0' };
const SAGE = { id: 'sage', name: { zh: '苔原绿', en: 'Tundra green' }, hex: '#7fa58f' };
const CORAL = { id: 'coral', name: { zh: '珊瑚橙', en: 'Coral' }, hex: '#f2855f' };
const LILAC = { id: 'lilac', name: { zh: '丁香紫', en: 'Lilac' }, hex: '#a594dd' };

const categories = [
  { id: 'all', name: { zh: '全部', en: 'All' } },
  { id: 'phones', name: { zh: '手机', en: 'Phones' } },
  { id: 'audio', name: { zh: '音频', en: 'Audio' } },
  { id: 'computers', name: { zh: '电脑平板', en: 'Computers' } },
  { id: 'wearables', name: { zh: '智能穿戴', en: 'Wearables' } },
  { id: 'accessories', name: { zh: '配件', en: 'Accessories' } },
];

const products = [
  {
    id: 'phone-x1',
    name: 'Aurora X1',
    category: 'phones',
    tagline: { zh: '6.3 英寸直屏 · 潜望长焦', en: '6.3" display · 5× telephoto' },
    badge: { zh: '新品', en: 'New' },
    drawing: 'phone',
    tint: '#e6ecfd',
    originalPrice: 5299,
    sold: 3268,
    colors: [BLUE, INK, SILVER],
    models: [
      { id: '256', name: '12 + 256 GB', price: 4999 },
      { id: '512', name: '16 + 512 GB', price: 5699 },
    ],
    specs: [
      [
        { zh: '屏幕', en: 'Display' },
        { zh: '6.3 英寸 OLED，1–120 Hz', en: '6.3" OLED, 1–120 Hz' },
      ],
      [
        { zh: '影像', en: 'Cameras' },
        { zh: '5000 万三摄，5 倍光学变焦', en: '50 MP triple, 5× optical zoom' },
      ],
      [
        { zh: '电池', en: 'Battery' },
        { zh: '5200 mAh，90 W 快充', en: '5,200 mAh, 90 W charging' },
      ],
    ],
  },
  {
    id: 'earbuds-air',
    name: 'Lark Air',
    category: 'audio',
    tagline: { zh: '主动降噪 · 36 小时续航', en: 'Noise cancelling · 36 h' },
    badge: { zh: '热卖', en: 'Hot' },
    drawing: 'earbuds',
    tint: '#e9f3ee',
    originalPrice: 899,
    sold: 8912,
    colors: [SILVER, SAGE, INK],
    models: [{ id: 'std', name: 'Lark Air', price: 799 }],
    specs: [
      [
        { zh: '降噪', en: 'Cancelling' },
        { zh: '自适应主动降噪，最深 48 dB', en: 'Adaptive, up to 48 dB' },
      ],
      [
        { zh: '续航', en: 'Battery' },
        { zh: '单次 9 小时，配合充电盒 36 小时', en: '9 h, 36 h with the case' },
      ],
      [
        { zh: '防护', en: 'Protection' },
        { zh: 'IP54 防尘防水', en: 'IP54 dust and water' },
      ],
    ],
  },
  {
    id: 'watch-s2',
    name: 'Orbit S2',
    category: 'wearables',
    tagline: { zh: '蓝宝石表镜 · 双频定位', en: 'Sapphire glass · dual GPS' },
    drawing: 'watch',
    tint: '#fdeee7',
    originalPrice: 1699,
    sold: 2045,
    colors: [CORAL, INK, SAGE],
    models: [
      { id: '42', name: '42 mm', price: 1599 },
      { id: '46', name: '46 mm', price: 1799 },
    ],
    specs: [
      [
        { zh: '表镜', en: 'Glass' },
        { zh: '蓝宝石玻璃', en: 'Sapphire' },
      ],
      [
        { zh: '续航', en: 'Battery' },
        { zh: '典型使用 12 天', en: '12 days of typical use' },
      ],
      [
        { zh: '防水', en: 'Water' },
        { zh: '5 ATM，可游泳', en: '5 ATM, made for swimming' },
      ],
    ],
  },
  {
    id: 'tablet-11',
    name: 'Canvas 11',
    category: 'computers',
    tagline: { zh: '类纸柔光屏 · 支持手写笔', en: 'Paper-like screen · pen' },
    drawing: 'tablet',
    tint: '#efebfb',
    originalPrice: 3099,
    sold: 1530,
    colors: [LILAC, SILVER],
    models: [
      { id: '128', name: '8 + 128 GB', price: 2899 },
      { id: '256', name: '8 + 256 GB', price: 3299 },
    ],
    specs: [
      [
        { zh: '屏幕', en: 'Display' },
        { zh: '11 英寸 2.8K，144 Hz', en: '11" 2.8K, 144 Hz' },
      ],
      [
        { zh: '手写', en: 'Pen' },
        { zh: '4096 级压感，可磁吸', en: '4,096 levels, magnetic' },
      ],
      [
        { zh: '重量', en: 'Weight' },
        { zh: '479 g', en: '479 g' },
      ],
    ],
  },
  {
    id: 'laptop-14',
    name: 'Swift 14',
    category: 'computers',
    tagline: { zh: '1.19 kg · 18 小时续航', en: '1.19 kg · 18 h battery' },
    drawing: 'laptop',
    tint: '#e8edf4',
    originalPrice: 6999,
    sold: 876,
    colors: [SILVER, INK],
    models: [
      { id: '16', name: '16 GB + 512 GB', price: 6499 },
      { id: '32', name: '32 GB + 1 TB', price: 7699 },
    ],
    specs: [
      [
        { zh: '屏幕', en: 'Display' },
        { zh: '14 英寸 2.8K OLED', en: '14" 2.8K OLED' },
      ],
      [
        { zh: '重量', en: 'Weight' },
        { zh: '1.19 kg，镁合金机身', en: '1.19 kg, magnesium body' },
      ],
      [
        { zh: '接口', en: 'Ports' },
        { zh: '2 × USB4、HDMI 2.1', en: '2 × USB4, HDMI 2.1' },
      ],
    ],
  },
  {
    id: 'charger-65',
    name: 'Volt 65W',
    category: 'accessories',
    tagline: { zh: '氮化镓 · 三口同时快充', en: 'GaN · three ports at once' },
    drawing: 'charger',
    tint: '#eef1f5',
    originalPrice: 159,
    sold: 12480,
    colors: [SILVER, INK],
    models: [
      { id: 'bare', name: { zh: '单充电器', en: 'Charger' }, price: 129.9 },
      { id: 'cable', name: { zh: '含 1.5 m 线', en: 'With 1.5 m cable' }, price: 159.9 },
    ],
    specs: [
      [
        { zh: '输出', en: 'Output' },
        { zh: '最大 65 W，2C1A', en: '65 W max, 2 × C + 1 × A' },
      ],
      [
        { zh: '尺寸', en: 'Size' },
        { zh: '49 × 32 × 56 mm，插脚可折叠', en: '49 × 32 × 56 mm, folding plug' },
      ],
      [
        { zh: '认证', en: 'Certified' },
        { zh: '3C 认证', en: 'CCC' },
      ],
    ],
  },
  {
    id: 'keyboard-75',
    name: 'Tact K75',
    category: 'accessories',
    tagline: { zh: '三模无线 · 热插拔轴体', en: 'Three-mode · hot-swap' },
    drawing: 'keyboard',
    tint: '#fbf1e2',
    originalPrice: 499,
    sold: 4310,
    colors: [CORAL, INK, SAGE],
    models: [
      { id: 'linear', name: { zh: '线性轴', en: 'Linear' }, price: 459 },
      { id: 'tactile', name: { zh: '段落轴', en: 'Tactile' }, price: 479 },
    ],
    specs: [
      [
        { zh: '键数', en: 'Keys' },
        { zh: '81 键，Gasket 结构', en: '81, gasket mount' },
      ],
      [
        { zh: '连接', en: 'Connection' },
        { zh: '2.4 G、蓝牙 5.3、USB-C', en: '2.4 GHz, Bluetooth 5.3, USB-C' },
      ],
      [
        { zh: '电池', en: 'Battery' },
        { zh: '4000 mAh', en: '4,000 mAh' },
      ],
    ],
  },
  {
    id: 'speaker-mini',
    name: 'Pebble',
    category: 'audio',
    tagline: { zh: '掌心大小 · IP67 防水', en: 'Palm sized · IP67' },
    drawing: 'speaker',
    tint: '#e6f1f4',
    originalPrice: 349,
    sold: 5677,
    colors: [SAGE, CORAL, BLUE],
    models: [{ id: 'std', name: 'Pebble', price: 299 }],
    specs: [
      [
        { zh: '单元', en: 'Driver' },
        { zh: '52 mm 全频 + 双被动辐射', en: '52 mm + two passive radiators' },
      ],
      [
        { zh: '续航', en: 'Battery' },
        { zh: '14 小时', en: '14 hours' },
      ],
      [
        { zh: '防护', en: 'Protection' },
        { zh: 'IP67，可水洗', en: 'IP67, rinse it clean' },
      ],
    ],
  },
  {
    id: 'camera-halo',
    name: 'Halo 4K',
    category: 'wearables',
    tagline: { zh: '磁吸运动相机 · 六轴防抖', en: 'Action camera · stabilised' },
    drawing: 'camera',
    tint: '#ecebf0',
    originalPrice: 1999,
    sold: 1192,
    colors: [INK, LILAC],
    models: [
      { id: 'std', name: { zh: '标准套装', en: 'Standard' }, price: 1899 },
      { id: 'travel', name: { zh: '旅行套装', en: 'Travel kit' }, price: 2299 },
    ],
    specs: [
      [
        { zh: '视频', en: 'Video' },
        { zh: '4K 120 帧，六轴防抖', en: '4K at 120 fps, six-axis' },
      ],
      [
        { zh: '防水', en: 'Water' },
        { zh: '裸机 10 米', en: '10 m without a case' },
      ],
      [
        { zh: '重量', en: 'Weight' },
        { zh: '39 g', en: '39 g' },
      ],
    ],
  },
  {
    id: 'mouse-m1',
    name: 'Glide M1',
    category: 'accessories',
    tagline: { zh: '静音微动 · 90 天续航', en: 'Silent clicks · 90 days' },
    drawing: 'mouse',
    tint: '#e9f0fb',
    originalPrice: 229,
    sold: 6023,
    colors: [BLUE, SILVER, INK],
    models: [{ id: 'std', name: 'Glide M1', price: 199 }],
    specs: [
      [
        { zh: '传感器', en: 'Sensor' },
        { zh: '8000 DPI 光学', en: '8,000 DPI optical' },
      ],
      [
        { zh: '连接', en: 'Connection' },
        { zh: '2.4 G、蓝牙双设备', en: '2.4 GHz, two Bluetooth hosts' },
      ],
      [
        { zh: '续航', en: 'Battery' },
        { zh: '一次充电 90 天', en: '90 days a charge' },
      ],
    ],
  },
];

const coupons = [
  { id: 'NEW100', discount: 100, minimum: 999, name: { zh: '新客专享券', en: 'Welcome coupon' } },
  { id: 'ACC20', discount: 20, minimum: 99, name: { zh: '配件满减券', en: 'Accessory coupon' } },
  // Only by `triggers.js`, to those who hesitate.
  { id: 'STAY30', discount: 30, minimum: 99, name: { zh: '心动券', en: 'Make-up-your-mind coupon' }, isOffered: true },
];

const find = (list, id) => list.find((entry) => entry.id === id);

module.exports = {
  categories,
  products,
  coupons,
  productById: (id) => find(products, id),
  couponById: (id) => find(coupons, id),
  colorOf: (product, id) => find(product.colors, id) || product.colors[0],
  modelOf: (product, id) => find(product.models, id) || product.models[0],
};
