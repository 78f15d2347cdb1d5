import { PLAN } from './plan.js';

const DAY_MS = 86_400_000;
const round = (value) => Math.round(value * 100) / 100;

/** Orders as the shop's server knows them: what it tells the collector, when, and what comes of them later. */
export const createOrders = ({ world, truth, collector, zeroDay, endDay }) => {
  let next = 1;

  const refund = (order, lot, value) => {
    world.after(lot.between(1, 20) * DAY_MS, () => {
      if (world.now >= endDay) return;
      order.refunds.push(value);
      const properties = { order_id: order.id, value, refund_id: `R${order.id}-${order.refunds.length}`, currency: 'CNY' };
      collector.tell(order.userId, 'order_refunded', properties);
    });
  };
  const cancel = (order, basket, lot) => {
    world.after(lot.between(2, 20) * 3_600_000, () => {
      if (world.now >= endDay) return;
      order.cancelled = true;
      collector.tell(order.userId, 'order_cancelled', Object.assign({ reason: 'customer' }, basket));
    });
  };

  return {
    /** A basket on its way to a payment. */
    basketOf(lines, coupon) {
      const total = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
      const discount = coupon && total >= coupon.minimum ? coupon.discount : 0;
      return {
        order_id: `PL${100_000 + next++}`,
        value: round(total - discount),
        currency: 'CNY',
        items: lines.map(({ product, quantity }) => Object.assign({}, product, { quantity })),
        ...(discount ? { coupon_id: coupon.id, discount } : {}),
      };
    },
    /** Decides who tells of a payment. */
    payment({ lot, excluded }) {
      // The shop of the developers has a server of its own.
      if (excluded) return 'client';
      const { serverOnly, clientOnly } = PLAN.orders;
      const luck = lot.next();
      return luck < serverOnly ? 'server' : luck < serverOnly + clientOnly ? 'client' : 'both';
    },
    /** The payment went through at this moment. */
    place(visitor, visit, basket, told, card) {
      const { lot, person } = visitor;
      const order = {
        id: basket.order_id,
        visitor: visitor.index,
        person: person.index,
        userId: visitor.userId,
        visit: visit.index,
        at: world.now,
        day: Math.floor((world.now - zeroDay) / DAY_MS),
        value: basket.value,
        items: basket.items.map(({ product_id, price, quantity }) => ({ product_id, price, quantity })),
        coupon: basket.coupon_id,
        told,
        card: card && card.id,
        refunds: [],
        cancelled: false,
        excluded: visit.excluded,
      };
      truth.orders.push(order);
      if (told !== 'client') collector.tell(visitor.userId, 'order_paid', { ...basket, payment_method: 'wechat_pay' });
      // The orders of members were decided long before, and are kept.
      if (visitor.excluded || (visit.wanted && !visit.recalled)) return order;
      if (lot.hits(PLAN.orders.cancelled)) cancel(order, basket, lot);
      else if (lot.hits(PLAN.orders.refunded)) {
        const isPart = lot.hits(PLAN.orders.partly);
        refund(order, lot, isPart ? round(basket.value * 0.3) : basket.value);
        if (isPart && lot.hits(0.3)) refund(order, lot, round(basket.value * 0.2));
      }
      return order;
    },
  };
};
