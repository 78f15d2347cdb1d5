import { addDays, daysBetween } from '../../../src/analyses/days.js';
import { count, eventsOf, groupBy, linesOf, ordersIn, property, ranked, ratio, sum } from './base.js';

const DAY_MS = 86_400_000;
const looksOf = (facts, c, options) =>
  eventsOf(facts, c, { names: ['product_viewed'], where: (row) => row.product_id, ...options });
const round = (money) => Math.round(money * 1e4) / 1e4;
const revenueOf = (lines) => round(sum(lines, ({ price, quantity }) => (price ?? 0) * quantity));

export const products = (facts, c, { rank, top }) => {
  const looks = looksOf(facts, c);
  const carts = eventsOf(facts, c, { names: ['product_added'], where: (row) => row.product_id });
  const lines = linesOf(facts, c);
  const rows = [...new Set([...looks, ...carts, ...lines].map(({ product_id }) => product_id))].map((product_id) => {
    const of = (list) => list.filter((each) => each.product_id === product_id);
    const own = of(lines);
    const buyers = new Set(own.map(({ v }) => v));
    const viewers = new Set(of(looks).map(({ v }) => v));
    return {
      product_id,
      viewed: viewers.size,
      carted: count(of(carts)),
      bought: buyers.size,
      view_count: of(looks).length,
      pieces: sum(own, ({ quantity }) => quantity),
      revenue: revenueOf(own),
      orders: count(own, ({ order_id }) => order_id),
      view_to_buy: ratio([...viewers].filter((v) => buyers.has(v)).length, viewers.size),
    };
  });
  return ranked(rows, `-${rank}`, 'product_id').slice(0, top);
};

export const priceBands = (facts, c, { edges, bands }) => {
  const hasPrice = ({ price }) => price !== null;
  const looks = looksOf(facts, c).filter(hasPrice);
  const lines = linesOf(facts, c).filter(hasPrice);
  const prices = looks.map(({ price }) => price).sort((a, b) => a - b);
  const cuts = edges.length
    ? [...new Set(edges)].sort((a, b) => a - b)
    : Array.from({ length: bands - 1 }, (_, i) => prices[Math.ceil(((i + 1) * prices.length) / bands) - 1]);
  const bandOf = ({ price }) => cuts.findLastIndex((cut) => price >= cut) + 1;
  const rows = [...groupBy([...looks, ...lines], bandOf)].map(([band, own]) => {
    const sold = lines.filter((line) => bandOf(line) === band);
    const viewed = count(looks.filter((look) => bandOf(look) === band));
    return {
      band,
      lowest: Math.min(...own.map(({ price }) => price)),
      highest: Math.max(...own.map(({ price }) => price)),
      viewed,
      bought: count(sold),
      pieces: sum(sold, ({ quantity }) => quantity),
      revenue: revenueOf(sold),
      rate: ratio(count(sold), viewed),
    };
  });
  return ranked(rows, 'band');
};

export const slowSellers = (facts, c, { pieces, top }) => {
  const looks = looksOf(facts, c, { from: null });
  const lines = linesOf(facts, c, { from: null });
  const rows = [...groupBy([...looks, ...lines], ({ product_id }) => product_id)].map(([product_id, own]) => {
    const sold = lines.filter((line) => line.product_id === product_id);
    const last_sold =
      sold
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? null;
    return {
      product_id,
      people: count(own),
      pieces: sum(
        sold.filter(({ day }) => day >= c.from),
        ({ quantity }) => quantity,
      ),
      pieces_ever: sum(sold, ({ quantity }) => quantity),
      last_sold,
      unsold_days: last_sold && daysBetween(last_sold, c.to),
    };
  });
  return ranked(
    rows.filter((row) => row.pieces <= pieces).map((row) => ({ ...row, last: row.last_sold ?? '' })),
    'last',
    '-people',
    'product_id',
  )
    .map(({ last, ...row }) => row)
    .slice(0, top);
};

const weekdayOf = (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
export const bestHour = (facts, c) => {
  const place = ({ day, hour }) => `${weekdayOf(day)} ${hour}`;
  const orders = groupBy(ordersIn(facts, c), place);
  const events = eventsOf(facts, c, { where: ({ type }) => type === 'auto' || type === 'track' });
  const rows = [...groupBy(events, place)].map(([key, own]) => {
    const sold = orders.get(key) ?? [];
    const active = count(own, ({ v, day }) => `${day} ${v}`);
    const [weekday, hour] = key.split(' ').map(Number);
    return {
      weekday,
      hour,
      active,
      people: count(own),
      orders: sold.length,
      revenue: sum(sold, ({ net }) => net),
      rate: ratio(sold.length, active),
    };
  });
  return ranked(rows, 'weekday', 'hour');
};

export const campaign = (facts, c, p) => {
  const length = daysBetween(c.from, c.to) + 1;
  const range = { from: addDays(c.from, -length), to: addDays(c.to, length) };
  const partOf = ({ day }) => (day < c.from ? 'before' : day <= c.to ? 'during' : 'after');
  const events = groupBy(eventsOf(facts, c, range), partOf);
  const orders = groupBy(ordersIn(facts, c, range), partOf);
  return ['before', 'during', 'after']
    .filter((part) => events.has(part))
    .map((part) => {
      const own = events.get(part);
      const sold = orders.get(part) ?? [];
      const revenue = sum(sold, ({ net }) => net);
      return {
        part,
        people: count(own),
        visits: count(
          own.filter(({ in_session }) => in_session),
          ({ session_id }) => session_id,
        ),
        came_people: p.campaign === null ? 0 : count(own.filter((row) => row.in_session && row.source_campaign === p.campaign)),
        orders: sold.length,
        buyers: count(sold),
        revenue,
        average_order: ratio(revenue, sold.length),
        conversion: ratio(count(sold), count(own)),
      };
    });
};

const COUPON = { claimed: 'coupon_claimed', applied: 'coupon_applied', denied: 'coupon_denied' };
export const coupons = (facts, c, { top }) => {
  const events = eventsOf(facts, c, { names: Object.values(COUPON) }).filter((row) => property(row, 'coupon_id'));
  const orders = ordersIn(facts, c).filter(({ coupon_id }) => coupon_id);
  const ids = new Set([...events.map((row) => row.properties.coupon_id), ...orders.map(({ coupon_id }) => coupon_id)]);
  const rows = [...ids].map((coupon_id) => {
    const whoDid = (name) =>
      new Set(events.filter((row) => row.name === name && row.properties.coupon_id === coupon_id).map(({ v }) => v));
    const used = orders.filter((order) => order.coupon_id === coupon_id);
    const users = new Set(used.map(({ v }) => v));
    const claimed = whoDid(COUPON.claimed);
    return {
      coupon_id,
      claimed: claimed.size,
      applied: whoDid(COUPON.applied).size,
      denied: whoDid(COUPON.denied).size,
      used: users.size,
      orders: used.length,
      revenue: round(sum(used, ({ net }) => net)),
      use_rate: ratio([...claimed].filter((v) => users.has(v)).length, claimed.size),
    };
  });
  return ranked(rows, '-revenue', '-claimed', 'coupon_id').slice(0, top);
};

const basketsOf = (facts, c) => [...groupBy(linesOf(facts, c), ({ order_id }) => order_id).values()];
export const boughtTogether = (facts, c, { orders, each }) => {
  const baskets = basketsOf(facts, c).map((lines) => ({
    v: lines[0].v,
    ids: new Set(lines.map(({ product_id }) => product_id)),
  }));
  const withAll = (...ids) => baskets.filter((basket) => ids.every((id) => basket.ids.has(id)));
  const ids = [...new Set(baskets.flatMap((basket) => [...basket.ids]))].sort();
  return ids.flatMap((product_id) =>
    ranked(
      ids
        .filter((other_id) => other_id !== product_id && withAll(product_id, other_id).length >= orders)
        .map((other_id) => {
          const both = withAll(product_id, other_id);
          const lift = (both.length * baskets.length) / (withAll(product_id).length * withAll(other_id).length);
          return { other_id, orders: both.length, people: count(both), lift: Math.round(lift * 1e6) / 1e6 };
        }),
      '-orders',
      '-lift',
      'other_id',
    )
      .slice(0, each)
      .map((row, i) => ({ product_id, place: i + 1, ...row })),
  );
};

export const viewedThenBought = (facts, c, { windowDays, each }) => {
  const first = [...groupBy(looksOf(facts, c), ({ v, product_id }) => `${v} ${product_id}`).values()].map(([look]) => look);
  const lines = linesOf(facts, c, { to: addDays(c.to, windowDays) });
  const pairs = first.flatMap(({ v, t, product_id }) =>
    lines
      .filter((line) => line.v === v && line.t >= t && line.t - t <= windowDays * DAY_MS)
      .map((line) => ({ v, product_id, other_id: line.product_id })),
  );
  return [...groupBy(pairs, ({ product_id }) => product_id)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([product_id, own]) =>
      ranked(
        [...groupBy(own, ({ other_id }) => other_id)].map(([other_id, same]) => ({ other_id, people: count(same) })),
        '-people',
        'other_id',
      )
        .slice(0, each)
        .map(({ other_id, people }, i) => ({ product_id, place: i + 1, other_id, people })),
    );
};
