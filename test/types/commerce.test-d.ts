import type { CommerceEvents, CommerceItem, Money } from '../../src/commerce';
import { createTracker, type Tracker } from '../../src/index';
import type { Adapter } from '../../src/types/adapter';

declare const adapter: Adapter;
const endpoint = 'https://collect.example.com/v1/events';

const shop = createTracker<CommerceEvents>({ adapter, endpoint });
const phone: CommerceItem = { product_id: 'phone-x1', name: 'Aurora X1', category: 'phones', price: 4999 };
const items = [{ ...phone, quantity: 1 }];

// --- from the search to the refund, with no more than what must be said

shop.track('search', { query: 'phone' });
shop.track('product_list_viewed');
shop.track('product_clicked', { product_id: 'phone-x1' });
shop.track('product_viewed', { product_id: 'phone-x1' });
shop.track('product_added', { product_id: 'phone-x1', quantity: 1 });
shop.track('cart_viewed', { items, value: 4999 });
shop.track('coupon_claimed', { coupon_id: 'NEW100' });
shop.track('checkout_started', { items, value: 4999 });
shop.track('payment_info_entered', { items, value: 4999, payment_method: 'wechat_pay' });
shop.track('order_submitted', { order_id: '42', items, value: 4899 });
shop.track('order_paid', { order_id: '42', items, value: 4899 }, { durable: true });
shop.track('order_refunded', { order_id: '42', value: 4899 });

// --- and with more

shop.track('product_viewed', { ...phone, sku_id: 'x1-blue-256', variant: 'Blue / 256 GB', brand: 'Aurora', currency: 'CNY' });
shop.track('order_paid', {
  order_id: '42',
  items,
  value: 4899,
  currency: 'CNY',
  revenue: 4899,
  discount: 100,
  shipping: 0,
  coupon_id: null,
  payment_method: 'wechat_pay',
  is_first_order: true,
});
const amount: Money = 19.9;
amount satisfies number;

// --- what would make the numbers wrong

// @ts-expect-error Not a name of the map.
shop.track('add_to_cart', { product_id: 'phone-x1', quantity: 1 });
// @ts-expect-error An order without an id is counted as often as it is sent.
shop.track('order_paid', { items, value: 4899 });
// @ts-expect-error An order without a value brings no revenue.
shop.track('order_paid', { order_id: '42', items });
// @ts-expect-error An order without its items cannot be credited to products.
shop.track('order_paid', { order_id: '42', value: 4899 });
// @ts-expect-error Ids are text: long numbers lose digits.
shop.track('order_paid', { order_id: 42, items, value: 4899 });
// @ts-expect-error Money is a number, not what is shown.
shop.track('order_paid', { order_id: '42', items, value: '4,899.00' });
// @ts-expect-error A line of a cart says how many.
shop.track('product_added', { product_id: 'phone-x1' });
// @ts-expect-error A property of Google Analytics by its name there.
shop.track('product_viewed', { item_id: 'phone-x1' });
// @ts-expect-error A property that the event does not have.
shop.track('order_refunded', { order_id: '42', value: 1, revenue: 1 });

// --- beside events of one's own, and with properties of one's own

type Own = Omit<CommerceEvents, 'order_paid'> & {
  order_paid: CommerceEvents['order_paid'] & { store_id: string };
  store_located: { city: string };
};
const own: Tracker<Own> = createTracker<Own>({ adapter, endpoint });
own.track('store_located', { city: 'Shenzhen' });
own.track('cart_viewed', { items, value: 1 });
own.track('order_paid', { order_id: '42', items, value: 1, store_id: 's1' });
// @ts-expect-error Its own property must be given.
own.track('order_paid', { order_id: '42', items, value: 1 });
createTracker<CommerceEvents & { store_located: { city: string } }>({ adapter, endpoint }).track('store_located', {
  city: 'Shenzhen',
});
