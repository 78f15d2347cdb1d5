const ITEM = {
  product_id: 'text',
  sku_id: 'text',
  name: 'text',
  category: 'text',
  brand: 'text',
  variant: 'text',
  price: 'number',
  quantity: 'number',
  position: 'number',
  coupon_id: 'text',
};
const PRICED = { currency: 'text' };
const BASKET = { ...PRICED, items: 'list', value: 'number', cart_id: 'text', coupon_id: 'text' };
const CHECKOUT = { ...BASKET, order_id: 'text' };
const STEP = { ...CHECKOUT, step: 'number', payment_method: 'text', shipping_method: 'text' };
const ORDER = {
  ...CHECKOUT,
  revenue: 'number',
  discount: 'number',
  shipping: 'number',
  tax: 'number',
  payment_method: 'text',
  is_first_order: 'bool',
};
const COUPON = { ...PRICED, coupon_id: 'text', name: 'text', discount: 'number', order_id: 'text' };
const LIST = { list_id: 'text', category: 'text' };
const CHANGE = { ...ITEM, ...PRICED, value: 'number', cart_id: 'text' };

const shop = (properties, required, en, zh) => ({ owner: 'shop', type: 'track', properties, required, en, zh });

/** The events of `minitrail/commerce`. A test holds them against its types. */
export const COMMERCE_EVENTS = {
  search: shop({ query: 'text', results: 'number' }, ['query'], 'Results of a search are shown', '搜索'),
  product_list_viewed: shop({ ...LIST, items: 'list' }, [], 'A list of products is shown', '商品列表浏览'),
  product_clicked: shop({ ...LIST, ...ITEM, ...PRICED }, ['product_id'], 'A product of a list is tapped', '商品点击'),
  product_viewed: shop({ ...ITEM, ...PRICED }, ['product_id'], 'The page of a product is shown', '商品浏览'),
  product_added_to_wishlist: shop({ ...ITEM, ...PRICED }, ['product_id'], 'Added to the wish list', '加入心愿单'),
  product_removed_from_wishlist: shop({ ...ITEM, ...PRICED }, ['product_id'], 'Removed from the wish list', '移出心愿单'),
  product_added: shop(CHANGE, ['product_id', 'quantity'], 'Into the cart', '加入购物车'),
  product_removed: shop(CHANGE, ['product_id', 'quantity'], 'Out of the cart', '移出购物车'),
  cart_viewed: shop(BASKET, ['items', 'value'], 'The cart is shown', '查看购物车'),
  coupon_claimed: shop(COUPON, ['coupon_id'], 'A coupon goes into the wallet', '领券'),
  coupon_applied: shop(COUPON, ['coupon_id'], 'A coupon is used at the checkout', '用券'),
  coupon_denied: shop({ ...COUPON, reason: 'text' }, ['coupon_id'], 'A coupon is refused', '券被拒'),
  coupon_removed: shop(COUPON, ['coupon_id'], 'A coupon is taken back', '取消用券'),
  checkout_started: shop(CHECKOUT, ['items', 'value'], 'The order page is shown', '开始结算'),
  checkout_step_viewed: shop(STEP, ['items', 'value', 'step'], 'A step of the checkout is shown', '结算步骤展示'),
  checkout_step_completed: shop(STEP, ['items', 'value', 'step'], 'A step of the checkout is done', '结算步骤完成'),
  payment_info_entered: shop(
    { ...CHECKOUT, payment_method: 'text' },
    ['items', 'value'],
    'A means of payment is chosen',
    '选择支付方式',
  ),
  order_submitted: shop(ORDER, ['order_id', 'items', 'value'], 'Placed and not yet paid', '提交订单'),
  order_paid: shop(ORDER, ['order_id', 'items', 'value'], 'Paid', '支付成功'),
  order_cancelled: shop({ ...ORDER, reason: 'text' }, ['order_id', 'items', 'value'], 'Given up or called off', '取消订单'),
  order_refunded: shop(
    { ...PRICED, order_id: 'text', value: 'number', refund_id: 'text', items: 'list', reason: 'text' },
    ['order_id', 'value'],
    'A refund',
    '退款',
  ),
  product_reviewed: shop({ product_id: 'text', order_id: 'text', rating: 'number' }, ['product_id'], 'A review', '评价'),
};
