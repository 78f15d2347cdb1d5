const KINDS = [
  '手冲咖啡豆',
  '挂耳咖啡',
  '冷萃咖啡液',
  '陶瓷滤杯',
  '细口手冲壶',
  '电子秤',
  '磨豆机',
  '保温随行杯',
  '牛奶',
  '可颂',
];
const ORIGINS = ['云南保山', '埃塞俄比亚', '哥伦比亚', '肯尼亚', '巴拿马', '景德镇', '东京', '上海', '自营', '限量'];
const CATEGORIES = ['coffee/beans', 'coffee/drip', 'coffee/cold', 'gear/dripper', 'gear/kettle', 'gear/grinder', 'bakery'];
const PAGES = ['home/index', 'list/index', 'search/result', 'detail/index', 'cart/index', 'me/favorites'];

/** The event that `track` is called with here. */
export const EVENT = 'add_to_cart';

/** Eight properties, varied as a shop's are and the same in each run: what repeats less compresses less. */
export const createProperties = () => {
  let seed = 1;
  let count = 0;
  const pick = (limit) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  return {
    count: () => count,
    next: () => ({
      sku: `SKU-${10_000 + pick(90_000)}`,
      title: `${ORIGINS[pick(ORIGINS.length)]}${KINDS[pick(KINDS.length)]} ${50 * (1 + pick(20))}g`,
      category: CATEGORIES[pick(CATEGORIES.length)],
      price: pick(50_000) / 100,
      quantity: 1 + pick(5),
      in_stock: pick(10) > 0,
      from_page: `pages/${PAGES[pick(PAGES.length)]}`,
      number: count++,
    }),
  };
};

export const tapEvent = (timeStamp) => {
  const element = { id: 'buy', dataset: { sku: 'SKU-1001', amount: 1 }, offsetLeft: 12, offsetTop: 1340 };
  const touch = { identifier: 0, clientX: 200, clientY: 400, pageX: 200, pageY: 1400 };
  return {
    type: 'tap',
    timeStamp,
    target: element,
    currentTarget: element,
    detail: { x: 200, y: 1400 },
    touches: [],
    changedTouches: [touch],
  };
};
