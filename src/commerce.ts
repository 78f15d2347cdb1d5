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
  /** As the visitor reads it. */
  name?: string;
  /** From general to narrow: `phones/cases`. */
  category?: string;
  /** As the shop writes it, always the same. */
  brand?: string;
  /** In words: `Blue / 256 GB`. */
  variant?: string;
  /** Of one piece, before coupons. */
  price?: Money;
  /** Whole pieces, 1 or more. */
  quantity?: number;
  /** The place in the list, from 1. */
  position?: number;
  /** Of the coupon that was used; `null` when none was. */
  coupon_id?: string | null;
}

/** A list of products: a search, a category, a row of recommendations. */
export interface CommerceList {
  /** Stays the same over releases: `home_recommended`. */
  list_id?: string;
  /** From general to narrow: `phones/cases`. */
  category?: string;
}

/** Some pieces of a product, in or out of a cart. */
export interface CartChange extends CommerceItem, Priced {
  /** Whole pieces that go in or out, 1 or more. */
  quantity: number;
  /** `price` times `quantity`. */
  value?: Money;
  /** The same from the first product in the cart to the order. */
  cart_id?: string;
}

/** What is about to be bought. */
export interface Basket extends Priced {
  /** The lines, one for each product or SKU. */
  items: readonly CommerceItem[];
  /** What the visitor is to pay: items minus discount, plus shipping. */
  value: Money;
  /** The same from the first product in the cart to the order. */
  cart_id?: string;
  /** Of the coupon that was used; `null` when none was. */
  coupon_id?: string | null;
}

/** A basket on its way to a payment. */
export interface Checkout extends Basket {
  /** One id from `checkout_started` to `order_paid` and `order_refunded`, if the shop has one so early. */
  order_id?: string;
}

/** One step of a checkout. */
export interface CheckoutStep extends Checkout {
  /** The number of the step, from 1. */
  step: number;
  /** `wechat_pay`, `alipay`, `douyin_pay`, … */
  payment_method?: string;
  /** `express`, `pickup`, …: the same names everywhere. */
  shipping_method?: string;
}

/** Tracked once for each order, `{ durable: true }` where it is paid. Receivers count orders by `order_id`. */
export interface Order extends Basket {
  /** The shop's own number of the order, the same in all events of it and on the server. */
  order_id: string;
  /** Of `value`, what the goods brought: without shipping and tax. */
  revenue?: Money;
  /** What coupons and offers took off; above 0. */
  discount?: Money;
  /** What the visitor pays for shipping; a part of `value`. */
  shipping?: Money;
  /** Tax in `value`, where the shop states it. */
  tax?: Money;
  /** `wechat_pay`, `alipay`, `douyin_pay`, … */
  payment_method?: string;
  /** The customer's first paid order, as the shop's server knows it: the one that repurchase is counted from. */
  is_first_order?: boolean;
}

/** Money that goes back to the customer. */
export interface Refund extends Priced {
  /** The shop's own number of the order, the same in all events of it and on the server. */
  order_id: string;
  /** What goes back, above 0; a part of the order's `value` for a partial refund. */
  value: Money;
  /** Tells several refunds of one order apart. */
  refund_id?: string;
  /** What is sent back, when it is a part. */
  items?: readonly CommerceItem[];
  /** Why, in few and fixed words: `size`, `expired`. */
  reason?: string;
}

/** A coupon, and what it takes off. */
export interface Coupon extends Priced {
  /** Of the coupon, the same from the claim to the order. */
  coupon_id: string;
  /** As the visitor reads it. */
  name?: string;
  /** What it takes off; above 0. */
  discount?: Money;
  /** The order that it is about, where there is one. */
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
  /** A search was sent. */
  search: {
    /** As it was typed. */
    query: string;
    /** How many products were found; 0 for none. */
    results?: number;
  };
  /** A list of products came into sight. */
  product_list_viewed: CommerceList & {
    /** What is in sight, with `position`. */
    items?: readonly CommerceItem[];
  };
  /** A product of a list was tapped. */
  product_clicked: CommerceList & CommerceItem & Priced;
  /** The page of a product was shown. */
  product_viewed: CommerceItem & Priced;
  /** A product was kept for later (收藏). */
  product_added_to_wishlist: CommerceItem & Priced;
  /** A product is no longer kept. */
  product_removed_from_wishlist: CommerceItem & Priced;

  // --- cart
  /** Pieces went into the cart. */
  product_added: CartChange;
  /** Pieces went out of the cart. */
  product_removed: CartChange;
  /** The cart was shown. */
  cart_viewed: Basket;

  // --- coupons: `coupon_claimed` into the wallet (领券), the others at the checkout
  /** A coupon went into the wallet (领券). */
  coupon_claimed: Coupon;
  /** A coupon was taken at the checkout. */
  coupon_applied: Coupon;
  /** A coupon was refused at the checkout. */
  coupon_denied: Coupon & {
    /** Why, in few and fixed words: `expired`, `minimum`. */
    reason?: string;
  };
  /** A coupon was taken off at the checkout. */
  coupon_removed: Coupon;

  // --- checkout
  /** The checkout began (去结算). */
  checkout_started: Checkout;
  /** A step of the checkout was shown. */
  checkout_step_viewed: CheckoutStep;
  /** A step of the checkout was finished. */
  checkout_step_completed: CheckoutStep;
  /** A way to pay was chosen. */
  payment_info_entered: Checkout & {
    /** `wechat_pay`, `alipay`, `douyin_pay`, … */
    payment_method?: string;
  };

  // --- order
  /** Placed and not yet paid (提交订单). */
  order_submitted: Order;
  /** Paid: what revenue is counted by. */
  order_paid: Order;
  /** Given up before it was paid, or called off as a whole. */
  order_cancelled: Order & {
    /** Why, in few and fixed words: `unpaid`, `changed_mind`. */
    reason?: string;
  };
  /** Money goes back, for the whole order or a part. */
  order_refunded: Refund;
  /** A product was reviewed. */
  product_reviewed: {
    /** The product (SPU). */
    product_id: string;
    /** The order that it was bought with. */
    order_id?: string;
    /** 1 to 5. */
    rating?: number;
  };
}
