import { addDays } from '../../../src/analyses/days.js';
import { byCapture, count, eventsOf, groupBy, ordersIn, property, ranked, ratio, sum } from './base.js';

const isOthers = (row) => row.properties.own !== 'true';

/** Cards by id; of the orders that a card is credited with, the way from the card to the top, cards of others' making included. */
const cardsOf = (facts, c) => {
  const made = facts.rows.filter(({ name, excluded }) => name === 'share' && (c.excluded || excluded === null));
  const who = (name) => (c.unit === 'persons' ? facts.persons[name] || name : name);
  const cards = new Map(
    made.map((row) => [
      row.properties.share_id,
      {
        share_id: row.properties.share_id,
        parent_id: property(row, 'parent_id'),
        root_id: row.properties.root_id,
        depth: Number(row.properties.depth),
        sharer: who(row.anonymous_id),
        method: property(row, 'method') ?? '',
        channel: property(row, 'channel') ?? '',
        page: row.page ?? '',
        campaign: row.source_campaign || '',
        t: row.t,
        day: row.day,
      },
    ]),
  );
  const up = (id) => {
    const way = [];
    for (let card = cards.get(id); card; ) {
      way.push(card);
      const above = cards.get(card.parent_id);
      card = above && above.depth < card.depth ? above : undefined;
    }
    return way;
  };
  return { cards, up };
};

const openingsOf = (facts, c, range) =>
  eventsOf(facts, c, { names: ['share_open'], where: isOthers, ...range }).map((row) => ({
    ...row,
    card: property(row, 'share_id'),
  }));
/** Each new person with the card of their first opening. */
const newcomersOf = (openings) =>
  [
    ...groupBy(
      openings.filter(({ is_first_visit }) => is_first_visit),
      ({ v }) => v,
    ).values(),
  ].map(([first]) => first);
const creditedOf = (facts, c) => ordersIn(facts, c).filter(({ share_id }) => share_id);

/** What the cards of each value have brought. `nameOf(card)`. */
const broughtBy = (facts, c, nameOf) => {
  const { cards, up } = cardsOf(facts, c);
  const openings = openingsOf(facts, c).filter(({ card }) => cards.has(card));
  const fresh = newcomersOf(openingsOf(facts, c)).filter(({ card }) => cards.has(card));
  const made = eventsOf(facts, c, { names: ['share'] }).filter((row) => cards.has(row.properties.share_id));
  const orders = creditedOf(facts, c).filter(({ share_id }) => cards.has(share_id));
  const chainOf = ({ share_id }) => [...new Set(up(share_id).map(nameOf))];
  const values = new Set([
    ...made.map((row) => nameOf(cards.get(row.properties.share_id))),
    ...openings.map(({ card }) => nameOf(cards.get(card))),
    ...orders.flatMap(chainOf),
  ]);
  return [...values].map((value) => {
    const of = (id) => nameOf(cards.get(id)) === value;
    const opens = openings.filter(({ card }) => of(card));
    const direct = orders.filter(({ share_id }) => of(share_id));
    const chain = orders.filter((order) => chainOf(order).includes(value));
    return {
      value,
      cards: made.filter((row) => of(row.properties.share_id)).length,
      opens: opens.length,
      people: count(opens),
      new_people: fresh.filter(({ card }) => of(card)).length,
      orders: direct.length,
      revenue: sum(direct, ({ net }) => net),
      chain_orders: chain.length,
      chain_revenue: sum(chain, ({ net }) => net),
    };
  });
};
const toTenThousandth = (rows, key) => rows.map((row) => ({ ...row, [key]: Math.round(row[key] * 1e4) / 1e4 }));

export const sharers = (facts, c, { rank, top }) =>
  ranked(
    toTenThousandth(
      toTenThousandth(
        broughtBy(facts, c, ({ sharer }) => sharer),
        'chain_revenue',
      ),
      'revenue',
    ).map(({ value, ...row }) => ({ sharer: value, ...row })),
    `-${rank}`,
    '-chain_revenue',
    '-people',
    '-cards',
    'sharer',
  ).slice(0, top);

export const shareBy = (facts, c, { by }) =>
  ranked(
    toTenThousandth(
      broughtBy(facts, c, (card) => String(card[by])),
      'chain_revenue',
    ),
    '-chain_revenue',
    '-people',
    '-cards',
    'value',
  );

export const shareTree = (facts, c, { root, top }) => {
  const { cards, up } = cardsOf(facts, c);
  const openings = openingsOf(facts, c);
  const fresh = newcomersOf(openings);
  const orders = creditedOf(facts, c);
  const everything = ordersIn(facts, c);
  const isParent = new Set([...cards.values()].map(({ parent_id }) => parent_id));
  const rows = [...cards.values()]
    .filter((card) => root === null || card.root_id === root)
    .map((card) => {
      const opens = openings.filter((row) => row.card === card.share_id);
      const direct = orders.filter(({ share_id }) => share_id === card.share_id);
      const chain = orders.filter(({ share_id }) => up(share_id).includes(card));
      const own = everything.filter(({ v }) => v === card.sharer);
      return {
        share_id: card.share_id,
        parent_id: card.parent_id ?? '',
        root_id: card.root_id,
        depth: card.depth,
        sharer: card.sharer,
        method: card.method,
        channel: card.channel,
        page: card.page,
        shared_at: card.t,
        opens: opens.length,
        people: count(opens),
        new_people: fresh.filter((row) => row.card === card.share_id).length,
        orders: direct.length,
        revenue: sum(direct, ({ net }) => net),
        chain_orders: chain.length,
        chain_revenue: sum(chain, ({ net }) => net),
        own_orders: own.length,
        own_revenue: sum(own, ({ net }) => net),
      };
    })
    .filter((row) => row.opens || row.chain_orders || isParent.has(row.share_id));
  return ranked(toTenThousandth(rows, 'chain_revenue'), '-chain_revenue', '-opens', 'share_id').slice(0, top);
};

export const commission = (facts, c, { rates, refundDays, own, top }) => {
  const { up } = cardsOf(facts, c);
  const earnings = creditedOf(facts, c).flatMap((order) => {
    const chain = [...new Set(up(order.share_id).map(({ sharer }) => sharer))].filter((sharer) => own || sharer !== order.v);
    return chain.slice(0, rates.length).map((sharer, level) => ({
      sharer,
      v: order.v,
      order_id: order.order_id,
      level,
      earned: order.net * rates[level],
      // The days for refunds follow the day of the order.
      isDue: c.today > addDays(order.day, refundDays),
    }));
  });
  const rows = [...groupBy(earnings, ({ sharer }) => sharer)].map(([sharer, list]) => {
    const money = (test = () => true) => sum(list.filter(test), ({ earned }) => earned);
    return {
      sharer,
      orders: count(list, ({ order_id }) => order_id),
      people: count(list),
      ...Object.fromEntries(rates.map((_, level) => [`level_${level + 1}`, money((each) => each.level === level)])),
      earned: money(),
      due: money(({ isDue }) => isDue),
      pending: money(({ isDue }) => !isDue),
    };
  });
  return ranked(toTenThousandth(rows, 'earned'), '-earned', 'sharer').slice(0, top);
};

export const shareK = (facts, c, { windowDays }) => {
  const until = addDays(c.to, windowDays);
  const days = groupBy(eventsOf(facts, c), ({ day }) => day);
  const openings = openingsOf(facts, c, { to: until });
  const fresh = newcomersOf(openings);
  const cards = eventsOf(facts, c, { names: ['share'], to: until });
  return [...days.keys()].sort().map((day) => {
    const members = new Set(days.get(day).map(({ v }) => v));
    const isIn = (other) => other >= day && other < addDays(day, windowDays);
    const theirs = new Set(cards.filter((row) => members.has(row.v) && isIn(row.day)).map((row) => row.properties.share_id));
    const opens = openings.filter((row) => theirs.has(row.card) && isIn(row.day)).length;
    const new_people = count(fresh.filter((row) => theirs.has(row.card) && isIn(row.day)));
    return {
      day,
      members: members.size,
      cards: theirs.size,
      opens,
      new_people,
      k: ratio(new_people, members.size),
      cards_per_member: ratio(theirs.size, members.size),
      opens_per_card: ratio(opens, theirs.size),
      new_per_open: ratio(new_people, opens),
      finished: addDays(day, windowDays) <= c.today,
    };
  });
};

export const groups = (facts, c) => {
  const events = eventsOf(facts, c, { to: null });
  const of = (name, list = events) =>
    list
      .filter((row) => row.name === name)
      .map((row) => ({ ...row, grp: property(row, 'group_id') }))
      .filter(({ grp }) => grp);
  const ever = eventsOf(facts, c, { from: null, to: null });
  const starts = groupBy(
    of('group_started').filter(({ day }) => day <= c.to),
    ({ grp }) => grp,
  );
  const shared = events.filter(({ name }) => name === 'share');
  const opened = openingsOf(facts, c, { to: null });
  const levels = [...starts].map(([grp, [start]]) => {
    const members = new Map();
    for (const row of [start, ...of('group_joined', ever).filter((each) => each.grp === grp)].sort(byCapture))
      if (!members.has(row.v)) members.set(row.v, row);
    const cards = new Set(
      shared
        .filter((row) => members.has(row.v) && byCapture(row, members.get(row.v)) >= 0)
        .map((row) => row.properties.share_id),
    );
    const openings = opened.filter(({ card }) => cards.has(card));
    const others = [...members.keys()].filter((v) => v !== start.v);
    const isDone = of('group_completed', ever).some((each) => each.grp === grp);
    const reached = [true, cards.size, openings.length, others.length, isDone];
    return {
      v: start.v,
      joined: others.length,
      new_people: others.filter((v) => openings.some((row) => row.v === v && row.is_first_visit)).length,
      reached,
    };
  });
  return ['started', 'shared', 'opened', 'joined', 'completed']
    .map((name, i) => {
      const own = levels.filter(({ reached }) => reached.slice(0, i + 1).every(Boolean));
      return {
        step: i + 1,
        name,
        started_groups: own.length,
        people: count(own),
        joined: sum(own, ({ joined }) => joined),
        new_people: sum(own, ({ new_people }) => new_people),
        from_first: ratio(own.length, levels.length),
      };
    })
    .filter(({ started_groups }) => started_groups);
};
