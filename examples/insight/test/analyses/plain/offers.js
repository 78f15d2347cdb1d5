import { addDays, daysBetween } from '../../../src/analyses/days.js';
import { compareVariants } from '../../../src/stats/compareVariants.js';
import { newcombe } from '../../../src/stats/newcombe.js';
import { byCapture, count, eventsOf, groupBy, linesOf, ordersIn, property, ranked, ratio, sum } from './base.js';

const DAY_MS = 86_400_000;
/** Orders, goals and lines of anybody, whatever is filtered: what is asked is what came of it. */
const unfiltered = (days, c) => ({ to: addDays(c.to, days), filters: false });
/** A moment within so many days after another, that moment included. */
const soonAfter = (t, start, days) => t >= start && t - start <= days * DAY_MS;

const exposuresOf = (facts, c) =>
  eventsOf(facts, c, { names: ['experiment_exposure'], where: (row) => row.properties.overridden !== 'true' }).map((row) => ({
    ...row,
    name_of: property(row, 'experiment'),
    variant: property(row, 'variant'),
  }));

export const experiment = (facts, c, { experiment: name, goal, windowDays, control, weights }) => {
  const entered = groupBy(
    exposuresOf(facts, c).filter(({ name_of }) => name_of === name),
    ({ v }) => v,
  );
  const goals = eventsOf(facts, c, { names: [goal.event], ...unfiltered(windowDays, c) });
  const orders = ordersIn(facts, c, unfiltered(windowDays, c));
  const people = [...entered].map(([v, own]) => {
    const [first] = own;
    const net = sum(
      orders.filter((order) => order.v === v && soonAfter(order.t, first.t, windowDays)),
      (order) => order.net,
    );
    const variants = new Set(own.map(({ variant }) => variant ?? ''));
    const converted = goals.some((row) => row.v === v && byCapture(row, first) > 0 && soonAfter(row.t, first.t, windowDays));
    return { mixed: variants.size > 1, variant: first.variant ?? '', net, converted };
  });
  const rows = [
    ...groupBy(
      people.filter(({ mixed }) => !mixed),
      ({ variant }) => variant,
    ),
  ].map(([variant, own]) => ({
    variant,
    people: own.length,
    conversions: own.filter(({ converted }) => converted).length,
    revenue: sum(own, ({ net }) => net),
    revenue_squares: sum(own, ({ net }) => net * net),
  }));
  return { ...compareVariants(rows, { control, weights }), mixed_people: people.filter(({ mixed }) => mixed).length };
};

/** What showing is worth: the difference of two rates with its interval, where there is anybody on both sides. */
const worth = ({ shown, bought, held_out, held_out_bought }) => {
  if (!shown || !held_out) return { difference_rate: null, low_of_difference_rate: null, high_of_difference_rate: null };
  const { difference, low, high } = newcombe(held_out_bought, held_out, bought, shown);
  return { difference_rate: difference, low_of_difference_rate: low, high_of_difference_rate: high };
};

export const recommended = (facts, c, { days, top }) => {
  const seen = exposuresOf(facts, c).filter(({ name_of, variant }) => name_of && ['shown', 'held_out'].includes(variant));
  const clicks = eventsOf(facts, c, { names: ['product_clicked'], ...unfiltered(days, c) });
  const orders = ordersIn(facts, c, unfiltered(days, c));
  const lines = linesOf(facts, c, unfiltered(days, c));
  const rows = [...groupBy(seen, ({ name_of }) => name_of)].flatMap(([list_id, own]) => {
    const people = [...groupBy(own, ({ v }) => v)]
      .filter(([, each]) => count(each, ({ variant }) => variant) === 1)
      .map(([v, [first]]) => {
        const taps = clicks.filter(
          (row) =>
            row.v === v && property(row, 'list_id') === list_id && byCapture(row, first) > 0 && soonAfter(row.t, first.t, days),
        );
        // From the first tap of each product on.
        const firstTaps = [...groupBy(taps, ({ product_id }) => product_id).values()].map(([tap]) => tap);
        const isTapped = (line) =>
          firstTaps.some((tap) => tap.product_id === line.product_id && line.t >= tap.t && soonAfter(line.t, first.t, days));
        return {
          isShown: first.variant === 'shown',
          hasTapped: taps.length > 0,
          hasBoughtTapped: lines.some((line) => line.v === v && isTapped(line)),
          hasBought: orders.some((order) => order.v === v && soonAfter(order.t, first.t, days)),
        };
      });
    if (!people.length) return [];
    const shown = people.filter(({ isShown }) => isShown);
    const others = people.filter(({ isShown }) => !isShown);
    const tapped = shown.filter(({ hasTapped }) => hasTapped).length;
    const bought = shown.filter(({ hasBought }) => hasBought).length;
    const held_out_bought = others.filter(({ hasBought }) => hasBought).length;
    const told = { shown: shown.length, bought, held_out: others.length, held_out_bought };
    return {
      list_id,
      ...told,
      tapped,
      tap_rate: ratio(tapped, shown.length),
      tapped_bought: shown.filter(({ hasBoughtTapped }) => hasBoughtTapped).length,
      bought_rate: ratio(bought, shown.length),
      held_out_rate: ratio(held_out_bought, others.length),
      ...worth(told),
    };
  });
  return ranked(rows, '-shown', 'list_id').slice(0, top);
};

export const triggers = (facts, c, { days, top }) => {
  const fired = eventsOf(facts, c, { names: ['trigger_fired'], where: (row) => property(row, 'rule') });
  const orders = ordersIn(facts, c, { to: null, filters: false });
  const rows = [...groupBy(fired, ({ properties }) => properties.rule)].map(([rule, own]) => {
    const people = [...groupBy(own, ({ v }) => v)].map(([v, each]) => ({
      isShown: each.some(({ properties }) => properties.shown === 'true'),
      hasTaken: each.some(({ properties }) => properties.taken === 'true'),
      hasBought: orders.some((order) => order.v === v && soonAfter(order.t, each[0].t, days)),
    }));
    const shown = people.filter(({ isShown }) => isShown);
    const others = people.filter(({ isShown }) => !isShown);
    const taken = shown.filter(({ hasTaken }) => hasTaken).length;
    const bought = shown.filter(({ hasBought }) => hasBought).length;
    const held_out_bought = others.filter(({ hasBought }) => hasBought).length;
    const told = { shown: shown.length, bought, held_out: others.length, held_out_bought };
    return {
      rule,
      ...told,
      taken,
      take_rate: ratio(taken, shown.length),
      bought_rate: ratio(bought, shown.length),
      held_out_rate: ratio(held_out_bought, others.length),
      ...worth(told),
    };
  });
  return ranked(rows, '-shown', 'rule').slice(0, top);
};

/**
 * Messages that somebody may still be sent, of each template: agreed to, less those that were sent and those that were opened
 * without having been sent from here.
 */
const ticketsOf = (facts, c) => {
  const who = (name) => (c.unit === 'persons' ? facts.persons[name] || name : name);
  const mark = (row, action, v) => ({
    t: row.t,
    boot: row.boot,
    seq: row.seq,
    v,
    template: property(row, 'template_id') ?? '',
    action,
  });
  const told = eventsOf(facts, c, { names: ['subscribe_message'], from: null }).map((row) =>
    mark(row, property(row, 'action'), row.v),
  );
  const sent = facts.rows
    .filter(({ type, name, properties }) => type === 'server' && name === 'recall_message' && properties.state === 'sent')
    .map((row) => mark(row, 'sent', who(row.anonymous_id)));
  const left = [...groupBy([...told, ...sent], ({ v, template }) => JSON.stringify([v, template])).values()]
    .map((own) => {
      let unused = 0;
      let onTheirWay = 0;
      for (const { action } of own.sort((a, b) => a.t - b.t || a.seq - b.seq)) {
        if (action === 'accepted') unused++;
        if (action === 'sent') {
          unused--;
          onTheirWay++;
        }
        if (action === 'opened') {
          if (onTheirWay) onTheirWay--;
          else unused--;
        }
      }
      return { ...own[0], unused };
    })
    .filter(({ unused }) => unused > 0);
  return new Map(
    [...groupBy(left, ({ v }) => v)].map(([v, own]) => [
      v,
      { template_id: own.map(({ template }) => template).sort()[0], unused: sum(own, ({ unused }) => unused) },
    ]),
  );
};

/** Of a person the product put into the cart last that is still in it, at the last price that was told as it was put there. */
const leftInCart = (v, carts, lines) => {
  const own = carts.filter((row) => row.v === v);
  const added = own.filter(({ name }) => name === 'product_added');
  const left = added.filter(
    (each) =>
      !own.some((row) => row.product_id === each.product_id && byCapture(row, each) > 0) &&
      !lines.some((line) => line.v === v && line.product_id === each.product_id && line.t >= each.t),
  );
  const last = left.at(-1);
  const isPriced = ({ product_id, price }) => product_id === last.product_id && price !== null;
  return last && { product_id: last.product_id, price: added.findLast(isPriced)?.price ?? 0 };
};

const hoursOf = (facts, c, orders) => {
  const events = eventsOf(facts, c, {
    from: null,
    where: (row) => row.in_session && (row.type === 'auto' || row.source_scene),
  });
  const visits = [...groupBy(events, ({ session_id }) => session_id).values()].map(([first]) => first);
  const counted = (list) => [...groupBy(list, ({ hour }) => hour)].map(([hour, own]) => ({ hour, n: own.length }));
  const rates = counted(visits).map(({ hour, n }) => ({
    hour,
    rate: orders.filter((order) => order.hour === hour).length / n,
  }));
  return {
    usual: new Map(
      [...groupBy(visits, ({ v }) => v)].map(([v, own]) => [
        v,
        { visits: own.length, hour: ranked(counted(own), '-n', 'hour')[0].hour },
      ]),
    ),
    best: ranked(rates, '-rate', 'hour')[0]?.hour ?? null,
  };
};

export const recall = (facts, c, { leavingDays, top }) => {
  const orders = ordersIn(facts, c, { from: null });
  const lines = linesOf(facts, c, { from: null, filters: false });
  const carts = eventsOf(facts, c, { names: ['product_added', 'product_removed'], where: (row) => row.product_id });
  const { usual, best } = hoursOf(facts, c, orders);
  const rows = [...ticketsOf(facts, c)].flatMap(([v, ticket]) => {
    const cart = leftInCart(v, carts, lines);
    const own = orders.filter((order) => order.v === v);
    const last_order = own.at(-1)?.day ?? null;
    if (!cart && !(last_order && daysBetween(last_order, c.to) > leavingDays)) return [];
    const { visits = 0, hour } = usual.get(v) ?? {};
    const value = cart ? cart.price : sum(own, ({ net }) => net) / own.length;
    return {
      person: v,
      reason: cart ? 'cart' : 'leaving',
      product_id: cart?.product_id ?? '',
      ...ticket,
      hour: visits >= 3 ? hour : best,
      last_order,
      expected_value: Math.round(value * Math.min(1, (own.length + 1) / (visits + 2)) * 1e4) / 1e4,
      people: 1,
    };
  });
  return ranked(rows, '-expected_value', 'person').slice(0, top);
};
