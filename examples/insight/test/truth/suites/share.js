import { describe, expect, it } from 'vitest';
import { ask, peopleOf } from '../ask.js';
import { groupBy } from '../decided.js';
import { decided, FIRST, LAST } from '../population.js';

const { truth, names, orders, days, within, sum, people, dayOf, date } = decided;

const cards = truth.cards
  .filter(({ excluded }) => !excluded)
  .map((card) => ({ ...card, who: names[card.visitor], day: dayOf(card.at) }));
// Cards of developers are none: nobody earns by them, and a chain ends above them.
const byId = new Map(cards.map((card) => [card.id, card]));
const allOpens = within(
  truth.opens
    .filter(({ own, excluded }) => !own && !excluded)
    .map((open) => ({ ...open, who: names[open.visitor], day: dayOf(open.at) })),
  FIRST,
  LAST,
);
const opens = allOpens.filter(({ card }) => byId.has(card));
/** Who is new is so by the first of the cards of the first visit. */
const newcomers = [
  ...groupBy(
    allOpens.filter(({ isNew }) => isNew),
    ({ who }) => who,
  ).values(),
]
  .map((list) => list.reduce((first, open) => (open.at < first.at ? open : first)))
  .filter(({ card }) => byId.has(card));
const credited = within(orders, FIRST, LAST).filter(({ card }) => card);

/** The card of an order and all above it, as the sharers chose them. */
const chainOf = ({ card }) => {
  const chain = [];
  for (let at = byId.get(card); at; at = at.parent && byId.get(at.parent)) chain.push(at);
  return chain;
};
/** The sharers up the chain, the nearest first, each once. */
const sharersOf = (order) => [...new Set(chainOf(order).map(({ who }) => who))];

describe('share tree', () => {
  it('has each card with what came of it', async () => {
    const rows = await ask('shareTree', { top: 5000 });
    const opened = groupBy(opens, ({ card }) => card);
    const brought = groupBy(newcomers, ({ card }) => card);
    const direct = groupBy(credited, ({ card }) => card);
    const below = groupBy(
      credited.flatMap((order) => chainOf(order).map(({ id }) => ({ id, order }))),
      ({ id }) => id,
    );
    const parents = new Set(cards.map(({ parent }) => parent).filter(Boolean));
    const shown = cards.filter(({ id }) => opened.has(id) || below.has(id) || parents.has(id));
    expect(rows.length).toBe(shown.length);
    for (const row of rows) {
      const card = byId.get(row.share_id);
      const own = opened.get(card.id) || [];
      expect(row).toMatchObject({
        parent_id: card.parent || '',
        root_id: card.root,
        depth: card.depth,
        sharer: card.who,
        method: card.method,
        opens: own.length,
        people: people(own),
        new_people: (brought.get(card.id) || []).length,
        orders: (direct.get(card.id) || []).length,
        chain_orders: (below.get(card.id) || []).length,
      });
      const bought = within(orders, FIRST, LAST).filter(({ who }) => who === card.who);
      expect(row.own_orders).toBe(bought.length);
      expect(row.own_revenue).toBeCloseTo(sum(bought, 'net'), 2);
      expect(row.revenue).toBeCloseTo(sum(direct.get(card.id) || [], 'net'), 2);
      expect(row.chain_revenue).toBeCloseTo(
        sum(below.get(card.id) || [], ({ order }) => order.net),
        2,
      );
    }
    expect(Math.max(...rows.map(({ depth }) => depth))).toBeGreaterThanOrEqual(3);
  });

  it('knows cycles: a sharer opens a card further down', () => {
    expect(
      opens.some((open) => {
        const card = byId.get(open.card);
        return card.parent && byId.get(card.parent)?.visitor === open.visitor;
      }),
    ).toBe(true);
  });

  it('gives the people who opened a card', async () => {
    const [[card, list]] = groupBy(opens, ({ card }) => card);
    expect(await peopleOf('shareTree', { share_id: card }, { top: 5000 })).toEqual(
      [...new Set(list.map(({ who }) => who))].sort(),
    );
  });
});

describe('sharers', () => {
  it('with orders of their own cards and of the whole chain', async () => {
    const rows = await ask('sharers', { top: 5000 });
    const made = within(cards, FIRST, LAST);
    const opened = groupBy(opens, ({ card }) => byId.get(card).who);
    const brought = groupBy(newcomers, ({ card }) => byId.get(card).who);
    const direct = groupBy(credited, (order) => sharersOf(order)[0]);
    const chain = groupBy(
      credited.flatMap((order) => sharersOf(order).map((who) => ({ who, net: order.net }))),
      ({ who }) => who,
    );
    const all = new Set([...made.map(({ who }) => who), ...opened.keys(), ...chain.keys()]);
    expect(rows.map(({ sharer }) => sharer).sort()).toEqual([...all].sort());
    for (const row of rows) {
      const list = opened.get(row.sharer) || [];
      expect(row).toMatchObject({
        cards: made.filter(({ who }) => who === row.sharer).length,
        opens: list.length,
        people: people(list),
        new_people: (brought.get(row.sharer) || []).length,
        orders: (direct.get(row.sharer) || []).length,
        chain_orders: (chain.get(row.sharer) || []).length,
      });
      expect(row.revenue).toBeCloseTo(sum(direct.get(row.sharer) || [], 'net'), 2);
      expect(row.chain_revenue).toBeCloseTo(sum(chain.get(row.sharer) || [], 'net'), 2);
    }
  });

  it('earn their commission', async () => {
    const rates = [0.1, 0.05];
    const rows = await ask('commission', { rates, top: 5000 });
    const earned = new Map();
    for (const order of credited)
      sharersOf(order)
        .slice(0, rates.length)
        .forEach((who, level) => {
          earned.set(who, (earned.get(who) || 0) + order.net * rates[level]);
        });
    expect(rows.map(({ sharer }) => sharer).sort()).toEqual([...earned.keys()].sort());
    const of = (sharer) =>
      credited.flatMap((order) => {
        const level = sharersOf(order).indexOf(sharer);
        return level >= 0 && level < rates.length ? [{ order, level, who: order.who, part: order.net * rates[level] }] : [];
      });
    for (const { sharer, earned: told, due, pending, orders: n, people: buyers, level_1, level_2 } of rows) {
      const own = of(sharer);
      expect([sharer, n, buyers]).toEqual([sharer, own.length, people(own)]);
      expect(told).toBeCloseTo(earned.get(sharer), 2);
      const parts = (list) => sum(list, 'part');
      expect(level_1).toBeCloseTo(parts(own.filter(({ level }) => level === 0)), 2);
      expect(level_2).toBeCloseTo(parts(own.filter(({ level }) => level === 1)), 2);
      // Refunds are possible for seven days; today is the day after the last one.
      expect(due).toBeCloseTo(parts(own.filter(({ order }) => order.day <= LAST + 1 - 8)), 2);
      expect(pending).toBeCloseTo(parts(own.filter(({ order }) => order.day > LAST + 1 - 8)), 2);
    }
  });

  it.each(['method', 'depth', 'page'])('by %s', async (by) => {
    const rows = await ask('shareBy', { by });
    const kindOf = (card) => String({ method: card.method, depth: card.depth, page: card.path }[by]);
    for (const row of rows) {
      const { value, cards: n, opens: opened, new_people } = row;
      const direct = credited.filter(({ card }) => byId.has(card) && kindOf(byId.get(card)) === value);
      const chained = credited.filter((order) => chainOf(order).some((card) => kindOf(card) === value));
      expect([value, row.people, row.orders, row.chain_orders]).toEqual([
        value,
        people(opens.filter(({ card }) => kindOf(byId.get(card)) === value)),
        direct.length,
        chained.length,
      ]);
      expect(row.revenue).toBeCloseTo(sum(direct, 'net'), 2);
      expect(row.chain_revenue).toBeCloseTo(sum(chained, 'net'), 2);
      expect(n).toBe(within(cards, FIRST, LAST).filter((card) => kindOf(card) === value).length);
      expect(opened).toBe(opens.filter(({ card }) => kindOf(byId.get(card)) === value).length);
      expect(new_people).toBe(newcomers.filter(({ card }) => kindOf(byId.get(card)) === value).length);
    }
    expect(sum(rows, 'cards')).toBe(within(cards, FIRST, LAST).length);
    expect(sum(rows, 'opens')).toBe(opens.length);
  });
});

describe('group buying', () => {
  it('by the furthest step of each group', async () => {
    const rows = await ask('groups');
    const counted = truth.groups.filter(({ at }) => dayOf(at) >= FIRST);
    const all = truth.opens.filter(({ own, excluded }) => !own && !excluded);
    const levels = counted.map((group) => {
      const starter = names[group.starter];
      const joined = group.joined.map((each) => ({ who: names[each.visitor], at: each.at }));
      const members = [{ who: starter, at: group.at }, ...joined];
      const own = new Set(
        truth.cards
          .filter(
            ({ excluded, visitor, at }) =>
              !excluded && members.some((member) => member.who === names[visitor] && at >= member.at),
          )
          .map(({ id }) => id),
      );
      const others = new Set(joined.map(({ who }) => who).filter((who) => who !== starter));
      const opened = all.filter(({ card }) => own.has(card));
      const level = !own.size ? 1 : !opened.length ? 2 : !others.size ? 3 : group.completed ? 5 : 4;
      const fresh = new Set(
        opened.filter(({ isNew, visitor }) => isNew && others.has(names[visitor])).map(({ visitor }) => names[visitor]),
      );
      return { level, starter, joined: others.size, fresh: fresh.size };
    });
    for (const { step, started_groups, people: n, joined, new_people } of rows) {
      const list = levels.filter(({ level }) => level >= step);
      expect([step, started_groups, n, joined, new_people]).toEqual([
        step,
        list.length,
        new Set(list.map(({ starter }) => starter)).size,
        sum(list, 'joined'),
        sum(list, 'fresh'),
      ]);
    }
    expect(rows.length).toBe(Math.max(...levels.map(({ level }) => level)));
    for (const { started_groups, from_first } of rows) expect(from_first).toBeCloseTo(started_groups / levels.length, 9);
  });
});

describe('K', () => {
  it('by day, as a product of its parts', async () => {
    const rows = await ask('shareK');
    const there = (day) => [...days].filter(([, own]) => own.has(day)).map(([who]) => who);
    for (let day = FIRST; day <= LAST; day++) {
      const members = new Set(there(day));
      const own = new Set(
        cards.filter((card) => members.has(card.who) && card.day >= day && card.day < day + 7).map(({ id }) => id),
      );
      const inWindow = (list) => list.filter((each) => own.has(each.card) && each.day >= day && each.day < day + 7);
      const row = rows.find((each) => each.day === date(day));
      expect(row).toMatchObject({
        members: members.size,
        cards: own.size,
        opens: inWindow(opens).length,
        new_people: inWindow(newcomers).length,
      });
      if (row.opens) expect(row.cards_per_member * row.opens_per_card * row.new_per_open).toBeCloseTo(row.k, 9);
    }
  });
});
