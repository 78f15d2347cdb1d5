import { addDays } from '../../../src/analyses/days.js';
import { DIRECT_GROUPS } from '../../../src/analyses/touches.js';
import { byCapture, count, eventsOf, firstDays, groupBy, ordersIn, ranked, ratio, sum } from './base.js';

const DAY_MS = 86_400_000;
const LAST = {
  scene: 'source_scene',
  group: 'source_group',
  campaign: 'source_campaign',
  utm_source: 'source_utm_source',
  utm_medium: 'source_utm_medium',
  qr: 'source_qr',
};
const FIRST = { scene: 'first_scene', group: 'first_group', campaign: 'first_campaign', utm_source: 'first_utm_source' };
const lastOf = (by, row) => (by === 'code' ? row.source_qr || row.source.utm_content : row[LAST[by]]) || '';
const firstOf = (by, { first_source, ...row }) =>
  ({ utm_medium: first_source.utm_medium, qr: first_source.qr_scene, code: first_source.qr_scene || first_source.utm_content })[
    by
  ] ||
  row[FIRST[by]] ||
  '';

/** Each visit with whom, when and by what it began. What a page_leave of an earlier visit or the shop's server tells is none. */
const visitsOf = (facts, c, { by, lookbackDays }) => {
  const seen = eventsOf(facts, c, {
    from: addDays(c.from, -lookbackDays - 1),
    where: (row) => row.in_session && (row.type === 'auto' || row.source_scene),
  });
  return [...groupBy(seen, ({ session_id }) => session_id).values()].map(([first]) => ({
    v: first.v,
    t: first.t,
    first,
    day: first.day,
    value: lastOf(by, first),
    isDirect: DIRECT_GROUPS.includes(first.source_group || ''),
  }));
};

const WEIGHTS = {
  first: (_, i) => (i === 0 ? 1 : 0),
  last: ({ length }, i) => (i === length - 1 ? 1 : 0),
  last_non_direct: (touches, i) => {
    const won = touches.findLastIndex(({ isDirect }) => !isDirect);
    return i === (won < 0 ? touches.length - 1 : won) ? 1 : 0;
  },
  linear: ({ length }) => 1 / length,
  position: ({ length }, i) => {
    if (length < 3) return 1 / length;
    return i === 0 || i === length - 1 ? 0.4 : 0.2 / (length - 2);
  },
};

/** Each order with each of its touches: how much of it a model gives to which value. */
const creditsOf = (facts, c, p) => {
  const visits = visitsOf(facts, c, p).sort((a, b) => byCapture(a.first, b.first));
  return ordersIn(facts, c).flatMap((order) => {
    const touches = visits.filter(({ v, t }) => v === order.v && t <= order.t && t > order.t - p.lookbackDays * DAY_MS);
    const credit = (value, weights) => ({ v: order.v, net: order.net, value, weights });
    if (!touches.length) return [credit('', Object.fromEntries(Object.keys(WEIGHTS).map((model) => [model, 1])))];
    return touches.map(({ value }, i) =>
      credit(value, Object.fromEntries(Object.entries(WEIGHTS).map(([model, weigh]) => [model, weigh(touches, i)]))),
    );
  });
};

export const attribution = (facts, c, p) =>
  ranked(
    [...groupBy(creditsOf(facts, c, p), ({ value }) => value)].map(([value, own]) => ({
      value,
      people: count(own),
      ...Object.fromEntries(
        Object.keys(WEIGHTS).flatMap((model) => [
          [`orders_${model}`, sum(own, ({ weights }) => weights[model])],
          [`revenue_${model}`, sum(own, ({ weights, net }) => weights[model] * net)],
        ]),
      ),
    })),
    'value',
  );

export const channels = (facts, c, p) => {
  const first = groupBy(eventsOf(facts, c, { from: null, filters: false }), ({ v }) => v);
  const active = new Set(eventsOf(facts, c).map(({ v }) => v));
  const newcomers = [...first]
    .filter(([v, own]) => own[0].day >= c.from && active.has(v))
    .map(([v, [event]]) => ({ v, value: firstOf(p.by, event) }));
  const visits = visitsOf(facts, c, p).filter(({ day }) => day >= c.from);
  const credits = creditsOf(facts, c, p).filter(({ weights }) => weights[p.model] > 0);
  // What was spent was spent on everybody.
  const column = c.filters.length ? undefined : { group: 'source_group', campaign: 'source_campaign' }[p.by];
  const costs = column ? facts.costs.filter(({ day }) => day >= c.from && day <= c.to) : [];
  const costOf = (value) =>
    sum(
      costs.filter((row) => (row[column] || '') === value),
      ({ amount }) => amount,
    ) || null;
  const values = new Set([...newcomers, ...visits, ...credits].map(({ value }) => value));
  for (const row of costs) if (costOf(row[column] || '')) values.add(row[column] || '');
  const of = (list, value) => list.filter((each) => each.value === value);
  const rows = [...values].map((value) => {
    const new_people = of(newcomers, value).length;
    const visitors = count(of(visits, value));
    const own = of(credits, value);
    const buyers = count(own);
    const revenue = sum(own, ({ weights, net }) => weights[p.model] * net);
    const cost = costOf(value);
    return {
      value,
      new_people,
      visits: of(visits, value).length,
      visitors,
      orders: sum(own, ({ weights }) => weights[p.model]),
      buyers,
      revenue,
      cost,
      roi: cost && (revenue - cost) / cost,
      cost_per_new: cost && ratio(cost, new_people),
      conversion: ratio(buyers, visitors),
    };
  });
  return ranked(
    rows.map((row) => ({ ...row, at: Math.round(row.revenue * 1e4) })),
    '-at',
    '-visits',
    'value',
  ).map(({ at, ...row }) => row);
};
export const links = channels;

export const overview = (facts, c) => {
  const length = Math.round((Date.parse(c.to) - Date.parse(c.from)) / DAY_MS) + 1;
  const events = eventsOf(facts, c);
  const active = new Set(events.map(({ v }) => v));
  const before = new Set(eventsOf(facts, c, { from: addDays(c.from, -length), to: addDays(c.from, -1) }).map(({ v }) => v));
  const first = firstDays(facts, c);
  const isNew = (v) => first.get(v) >= c.from;
  const returning = [...active].filter((v) => !isNew(v));
  const orders = ordersIn(facts, c);
  const buyers = groupBy(orders, ({ v }) => v);
  const repeat_buyers = [...buyers.values()].filter((own) => own.length > 1).length;
  const revenue = sum(orders, ({ net }) => net);
  return [
    {
      active_people: active.size,
      new_people: active.size - returning.length,
      returning_people: returning.length,
      resurrected_people: returning.filter((v) => !before.has(v)).length,
      dormant_people: [...before].filter((v) => !active.has(v)).length,
      events: events.length,
      sessions: count(
        events.filter(({ in_session }) => in_session),
        ({ session_id }) => session_id,
      ),
      views: events.filter(({ name, resumed }) => name === 'page_view' && !resumed).length,
      foreground_ms: sum(
        events.filter(({ name }) => name === 'app_hide'),
        ({ duration_ms }) => duration_ms,
      ),
      orders: orders.length,
      buyers: buyers.size,
      repeat_buyers,
      revenue,
      average_order: ratio(revenue, orders.length),
      conversion: ratio(buyers.size, active.size),
      repurchase_rate: ratio(repeat_buyers, buyers.size),
    },
  ];
};
