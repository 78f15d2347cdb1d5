/**
 * An amount in the major unit: 19.9 is ¥19.90. Never in cents (分), as payment interfaces have it: divide by 100 before.
 */
export type Money = number;

/** What events on money say alike. */
export interface Priced {
  /**
   * ISO 4217.
   *
   * @default 'CNY'
   */
  currency?: string;
}

/** One product: what was looked at, or a line of a cart or an order. Ids are text: long numbers lose digits. */
export interface CommerceItem {
  /** The product (SPU): the same for every colour and size. */
  product_id: string;
  /** What is on the shelf (SKU): one colour, one size. */
  sku_id?: string;
  name?: string;
  category?: string;
  brand?: string;
  /** In words: `Blue / 256 GB`. */
  variant?: string;
  /** Of one piece, before coupons. */
  price?: Money;
  /** Whole pieces, 1 or more. */
  quantity?: number;
  /** The place in the list, from 1. */
  position?: number;
  coupon_id?: string | null;
}

/** A list of products: a search, a category, a row of recommendations. */
export interface CommerceList {
  /** Stays the same over releases: `home_recommended`. */
  list_id?: string;
  category?: string;
}

/** Some pieces of a product, in or out of a cart. */
export interface CartChange extends CommerceItem, Priced {
  quantity: number;
  /** `price` times `quantity`. */
  value?: Money;
  cart_id?: string;
}

/** What is about to be bought. */
export interface Basket extends Priced {
  items: readonly CommerceItem[];
  /** What the visitor is to pay: items minus discount, plus shipping. */
  value: Money;
  cart_id?: string;
  coupon_id?: string | null;
}

/** A basket on its way to a payment. */
export interface Checkout extends Basket {
  /** One id from `checkout_started` to `order_paid` and `order_refunded`, if the shop has one so early. */
  order_id?: string;
}

export interface CheckoutStep extends Checkout {
  /** From 1. */
  step: number;
  payment_method?: string;
  shipping_method?: string;
}

/** Tracked once for each order, `{ durable: true }` where it is paid. Receivers count orders by `order_id`. */
export interface Order extends Basket {
  order_id: string;
  /** Of `value`, what the goods brought: without shipping and tax. */
  revenue?: Money;
  /** What coupons and offers took off; above 0. */
  discount?: Money;
  shipping?: Money;
  tax?: Money;
  /** `wechat_pay`, `alipay`, `douyin_pay`, … */
  payment_method?: string;
  /** The customer's first paid order, as the shop's server knows it: the one that repurchase is counted from. */
  is_first_order?: boolean;
}

export interface Refund extends Priced {
  order_id: string;
  /** What goes back, above 0; a part of the order's `value` for a partial refund. */
  value: Money;
  /** Tells several refunds of one order apart. */
  refund_id?: string;
  /** What is sent back, when it is a part. */
  items?: readonly CommerceItem[];
  reason?: string;
}

export interface Coupon extends Priced {
  coupon_id: string;
  name?: string;
  /** What it takes off; above 0. */
  discount?: Money;
  order_id?: string;
}

/**
 * Events of a shop, by the names of Segment's e-commerce specification in snake_case, with the properties `items`,
 * `value` and `currency` of Google Analytics 4. What is said of money holds for all of them: see `Money`.
 *
 * A type alone: `minitrail/commerce` adds no code. An event of your own stands beside them:
 * `createTracker<CommerceEvents & { store_located: { city: string } }>(…)`.
 *
 * @example
 * import type { CommerceEvents } from 'minitrail/commerce'
 *
 * const tracker = createTracker<CommerceEvents>({ adapter: wechat(), endpoint })
 * tracker.track('order_paid', { order_id: '42', value: 199, items: [{ product_id: 'p1', price: 199, quantity: 1 }] }, { durable: true })
 */
export interface CommerceEvents {
  // --- looking for something
  search: { query: string; results?: number };
  product_list_viewed: CommerceList & { items?: readonly CommerceItem[] };
  product_clicked: CommerceList & CommerceItem & Priced;
  product_viewed: CommerceItem & Priced;
  product_added_to_wishlist: CommerceItem & Priced;
  product_removed_from_wishlist: CommerceItem & Priced;

  // --- cart
  product_added: CartChange;
  product_removed: CartChange;
  cart_viewed: Basket;

  // --- coupons: `coupon_claimed` into the wallet (领券), the others at the checkout
  coupon_claimed: Coupon;
  coupon_applied: Coupon;
  coupon_denied: Coupon & { reason?: string };
  coupon_removed: Coupon;

  // --- checkout
  checkout_started: Checkout;
  checkout_step_viewed: CheckoutStep;
  checkout_step_completed: CheckoutStep;
  payment_info_entered: Checkout & { payment_method?: string };

  // --- order
  /** Placed and not yet paid (提交订单). */
  order_submitted: Order;
  /** Paid: what revenue is counted by. */
  order_paid: Order;
  /** Given up before it was paid, or called off as a whole. */
  order_cancelled: Order & { reason?: string };
  order_refunded: Refund;
  product_reviewed: { product_id: string; order_id?: string; rating?: number };
}
