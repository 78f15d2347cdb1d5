import { beforeAll, describe, expect, it } from 'vitest';
import { costsOf } from '../../../population/truthOf.js';
import { readCosts } from '../../../src/api/costs.js';
import { ask, peopleOf } from '../ask.js';
import { groupBy, margin, tally } from '../decided.js';
import { decided, FIRST, LAST, PLAN, store } from '../population.js';

const { truth, visits, orders, within, firstDay, people, sum } = decided;
const DAY_MS = 86_400_000;
/** Groups by which nobody is won. */
const DIRECT = ['recent', 'desktop', 'message', 'system'];

const byWho = groupBy(visits, ({ who }) => who);
const touchesOf = ({ who, at }, days = 30) =>
  (byWho.get(who) || []).filter((visit) => visit.at <= at && visit.at > at - days * DAY_MS);

/** The parts of an order that each of its touches gets. */
const MODELS = {
  first: (touches) => touches.map((_, i) => (i === 0 ? 1 : 0)),
  last: (touches) => touches.map((_, i) => (i === touches.length - 1 ? 1 : 0)),
  last_non_direct: (touches) => {
    const won = touches.findLastIndex(({ group }) => !DIRECT.includes(group));
    return touches.map((_, i) => (i === (won < 0 ? touches.length - 1 : won) ? 1 : 0));
  },
  linear: (touches) => touches.map(() => 1 / touches.length),
  position: ({ length }) => {
    if (length < 3) return Array(length).fill(1 / length);
    return Array.from({ length }, (_, i) => (i === 0 || i === length - 1 ? 0.4 : 0.2 / (length - 2)));
  },
};

const creditsBy = (model, list) => {
  const credits = {};
  for (const order of list) {
    const touches = touchesOf(order);
    MODELS[model](touches).forEach((part, i) => {
      const credit = (credits[touches[i].group] ??= { orders: 0, revenue: 0, buyers: new Set() });
      credit.orders += part;
      credit.revenue += part * order.net;
      if (part) credit.buyers.add(order.who);
    });
  }
  return credits;
};

describe('channels', () => {
  beforeAll(async () => {
    await store.insert('costs', readCosts(costsOf({ truth }, PLAN)));
  });

  const newcomers = [...decided.days.keys()].filter((who) => firstDay(who) >= FIRST);
  const cameBy = (who) => byWho.get(who).reduce((first, visit) => (visit.at < first.at ? visit : first));

  it.each(Object.keys(MODELS))('by group, credited by %s', async (model) => {
    const rows = await ask('channels', { model });
    const told = Object.fromEntries(rows.map((row) => [row.value, row]));
    const credits = creditsBy(model, within(orders, FIRST, LAST));
    const news = tally(newcomers.map((who) => cameBy(who).group));
    const seen = groupBy(within(visits, FIRST, LAST), ({ group }) => group);
    for (const [group, list] of seen) {
      const row = told[group];
      expect([group, row.new_people, row.visits, row.visitors]).toEqual([group, news[group] || 0, list.length, people(list)]);
      expect(row.orders).toBeCloseTo(credits[group]?.orders || 0, 4);
      expect(row.revenue).toBeCloseTo(credits[group]?.revenue || 0, 2);
      const buyers = credits[group]?.buyers || new Set();
      expect(row.buyers).toBe(buyers.size);
      expect(row.conversion).toBeCloseTo(buyers.size / people(list), 9);
      expect(await peopleOf('channels', { value: group, part: 'buyers' }, { model })).toEqual([...buyers].sort());
      expect(await peopleOf('channels', { value: group, part: 'visits' }, { model })).toEqual(
        [...new Set(list.map(({ who }) => who))].sort(),
      );
    }
    expect(
      rows
        .filter(({ orders: n }) => n > 0)
        .map(({ value }) => value)
        .sort(),
    ).toEqual(
      Object.keys(credits)
        .filter((group) => credits[group].orders > 0)
        .sort(),
    );
    expect(rows.reduce((all, { orders: n }) => all + n, 0)).toBeCloseTo(within(orders, FIRST, LAST).length, 3);
  });

  it('by campaign, with what they cost', async () => {
    const rows = await ask('channels', { by: 'campaign', model: 'last' });
    const news = groupBy(
      newcomers.filter((who) => cameBy(who).campaign),
      (who) => cameBy(who).campaign,
    );
    for (const { name, cost } of PLAN.channels.flatMap(({ campaigns = [] }) => campaigns)) {
      const row = rows.find(({ value }) => value === name);
      const own = within(orders, FIRST, LAST).filter((order) => touchesOf(order).at(-1).campaign === name);
      const revenue = sum(own, 'net');
      expect(row).toMatchObject({ new_people: news.get(name).length, orders: own.length, cost: cost * PLAN.days });
      expect(row.roi).toBeCloseTo((revenue - cost * PLAN.days) / (cost * PLAN.days), 6);
      expect(row.cost_per_new).toBeCloseTo((cost * PLAN.days) / news.get(name).length, 6);
    }
  });

  it('by the code of a link or a poster', async () => {
    const rows = await ask('links', { model: 'last' });
    const codes = [...new Set(visits.map(({ code }) => code).filter(Boolean))];
    for (const code of codes) {
      const own = within(visits, FIRST, LAST).filter((visit) => visit.code === code);
      expect(rows.find(({ value }) => value === code)).toMatchObject({
        new_people: newcomers.filter((who) => cameBy(who).code === code).length,
        visits: own.length,
        visitors: people(own),
        orders: within(orders, FIRST, LAST).filter((order) => touchesOf(order).at(-1).code === code).length,
      });
    }
    expect(codes).toEqual(['sz-01']);
  });

  it('have the mix that was planted', () => {
    // Members with a planned history came by search; the second phone of a person is no newcomer.
    const planned = new Set(truth.members.map(({ person }) => person));
    const phones = tally(truth.visitors.map(({ person }) => person));
    const organic = newcomers.map(cameBy).filter(({ card, person }) => !card && !planned.has(person) && phones[person] === 1);
    const weights = PLAN.channels.reduce((all, { weight }) => all + weight, 0);
    for (const { group, weight } of PLAN.channels) {
      const share = weight / weights;
      const part = organic.filter((visit) => visit.group === group).length / organic.length;
      expect(Math.abs(part - share)).toBeLessThan(margin(share, organic.length));
    }
  });
});

describe('attribution', () => {
  it('by all models at once', async () => {
    const rows = await ask('attribution');
    for (const model of Object.keys(MODELS)) {
      const credits = creditsBy(model, within(orders, FIRST, LAST));
      for (const row of rows) {
        expect(row[`orders_${model}`]).toBeCloseTo(credits[row.value]?.orders || 0, 4);
        expect(row[`revenue_${model}`]).toBeCloseTo(credits[row.value]?.revenue || 0, 2);
      }
    }
  });
});
