// Each answer against a plain computation from its definition, on small populations in which what is rare happens all the time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLot } from '../../population/random.js';
import { addDays } from '../../src/analyses/days.js';
import { analysisOf } from '../../src/analyses/index.js';
import { readCommon, readParameters } from '../../src/analyses/parameters.js';
import { MODELS } from '../../src/analyses/touches.js';
import { createEvents, createItems } from './helpers/createEvents.js';
import { expectPeople } from './helpers/expectPeople.js';
import { createTestStore, insertRows } from './helpers/testStore.js';
import { createFacts } from './plain/base.js';
import * as behaviour from './plain/behaviour.js';
import * as channels from './plain/channels.js';
import { createWorld, FIRST_DAY } from './plain/createWorld.js';
import * as goods from './plain/goods.js';
import * as health from './plain/health.js';
import * as members from './plain/members.js';
import * as offers from './plain/offers.js';
import * as segments from './plain/segments.js';
import * as share from './plain/share.js';

/** `PLAIN_SEEDS=1-200` looks at more of them. */
const [FIRST, LAST] = (process.env.PLAIN_SEEDS || '1-8').split('-').map(Number);
const ASKED = 5;
/** Of what has many kinds more is asked. */
const MORE = { segment: 30, trend: 12, groups: 10, recommended: 9, viewedThenBought: 9 };
/** Answers of which no number is of people. */
const NOBODY = ['requests', 'planFacts'];
const PLAIN = { ...behaviour, ...channels, ...goods, ...health, ...members, ...offers, ...segments, ...share };

const ruleOf = ({ pick, hits }) => {
  const op = pick(['gte', 'lte', 'eq', 'gt', 'lt']);
  const days = pick([{}, {}, { days: 1 }, { days: 4 }]);
  const rule = pick([
    { kind: 'did', event: pick(['page_view', 'order_paid', 'share']), op, times: pick([0, 1, 2, 3]), ...days },
    { kind: 'did', event: 'product_viewed', filters: [{ field: 'product_id', value: 'p1' }], op, times: pick([0, 1]), ...days },
    {
      kind: 'did',
      event: pick(['order_paid', 'identify']),
      sum: pick(['value', 'level']),
      op,
      times: pick([-1, 0, 10]),
      ...days,
    },
    { kind: 'order', measure: 'orders', op, value: pick([0, 1, 2]), ...days },
    { kind: 'order', measure: 'net', op, value: pick([-1, 0, 20, 43.33]), ...days },
    { kind: 'order', measure: 'days_since', op, value: pick([0, 1, 2]) },
    { kind: 'profile', key: 'level', op, value: pick([0, 1, 2, '2']) },
    { kind: 'profile', key: 'city', value: 'sz' },
    { kind: 'source', touch: 'first', filters: [{ field: 'first_group', op: pick(['eq', 'ne']), value: pick(['ad', '']) }] },
    { kind: 'source', filters: [{ field: 'source_group', op: pick(['eq', 'ne']), value: pick(['ad', '']) }] },
    { kind: 'share', role: pick(['sharer', 'brought']), ...days },
  ]);
  return hits(0.3) ? { ...rule, not: true } : rule;
};

/** What an analysis may be asked, by lot. */
const PARAMETERS = {
  trend: ({ pick }) => ({
    step: { event: pick(['*', 'page_leave', 'order_paid']) },
    interval: pick(['day', 'week', 'month', 'hour', 'all']),
    by: pick([
      null,
      'platform',
      'properties.path',
      'properties.path',
      'window_width',
      'amount',
      'is_first_visit',
      'product_id',
    ]),
    number: pick([null, 'duration_ms', 'properties.value']),
    top: pick([1, 1, 2, 3, 20]),
  }),
  lifecycle: ({ pick }) => ({ interval: pick(['day', 'week', 'month']) }),
  eventNames: ({ pick }) => ({ top: pick([3, 500]) }),
  distribution: ({ pick }) => ({
    step: { event: pick(['order_paid', '*']) },
    measure: pick(['times', 'days', 'sum', 'sum']),
    number: pick(['amount', 'properties.value']),
    edges: pick([
      [2, 1, 2, 10],
      [0, 10, 33.33, 100],
    ]),
  }),
  interval: ({ pick }) => ({
    start: { event: pick(['app_launch', 'product_viewed', 'page_view', 'order_paid']) },
    end: { event: pick(['order_paid', 'page_view', 'app_hide']) },
    windowDays: pick([1, 2, 30]),
  }),
  retention: ({ pick }) => ({
    first: { event: pick(['*', 'app_launch', 'order_paid']) },
    back: { event: pick(['*', '*', 'page_view', 'order_paid']) },
    interval: pick(['day', 'day', 'week', 'month', 'hours24', 'hours24']),
    periods: pick([1, 4]),
    orAfter: pick([true, false]),
    brackets: pick([
      [],
      [],
      [
        [0, 0],
        [1, 2],
      ],
    ]),
  }),
  ltv: ({ pick }) => ({
    since: pick(['first_event', 'first_order']),
    interval: pick(['day', 'week', 'month']),
    periods: pick([1, 4]),
  }),
  sessions: ({ pick }) => ({ interval: pick(['day', 'day', 'week', 'month']) }),
  pages: ({ pick }) => ({ top: pick([2, 100]) }),
  paths: ({ pick }) => ({
    page: pick([null, null, 'home', 'goods']),
    direction: pick(['from', 'to']),
    depth: pick([2, 3, 6]),
    top: pick([1, 2, 10]),
  }),
  heat: ({ pick }) => ({ page: pick(['home', 'goods']), minWidth: pick([0, 375]), maxWidth: pick([375, 400, 100_000]) }),
  elements: ({ pick }) => ({ page: pick([null, 'home', 'goods']), top: pick([2, 100]) }),
  exposures: ({ pick }) => ({ by: pick(['dataset', 'element_id']), top: pick([2, 100]) }),
  experiment: ({ pick }) => ({
    experiment: pick(['home', 'test']),
    goal: { event: pick(['order_paid', 'product_added', 'page_view']) },
    windowDays: pick([1, 2, 7]),
    control: pick([null, 'shown']),
  }),
  recommended: ({ pick }) => ({ days: pick([1, 2, 7]), top: pick([1, 100]) }),
  triggers: ({ pick }) => ({ days: pick([1, 2, 7]), top: pick([1, 100]) }),
  recall: ({ pick }) => ({ leavingDays: pick([1, 2, 4]), top: pick([1, 500]) }),
  segment: (lot) => ({
    match: lot.pick(['all', 'any']),
    rules: Array.from({ length: lot.pick([1, 1, 1, 2]) }, () => ruleOf(lot)),
  }),
  composition: ({ pick }) => ({ by: pick(['platform', 'window_width', 'product_id', 'page', 'amount']), top: pick([1, 50]) }),
  versions: ({ pick }) => ({ by: pick(['sdk', 'app_version']), top: pick([1, 50]) }),
  planFacts: ({ pick }) => ({ top: pick([5, 5000]) }),
  identities: ({ pick }) => ({ logins: pick([0, 1, 2]), top: pick([1, 100]) }),
  requests: ({ pick }) => ({ hours: pick([1, 3, 48]) }),
  attribution: ({ pick }) => ({ by: pick(['group', 'campaign', 'code', 'scene']), lookbackDays: pick([1, 2, 30]) }),
  channels: ({ pick }) => ({
    by: pick(['group', 'group', 'campaign', 'campaign', 'scene', 'utm_source', 'utm_medium', 'qr', 'code']),
    model: pick(MODELS),
    lookbackDays: pick([1, 2, 30]),
  }),
  links: ({ pick }) => ({ model: pick(MODELS), lookbackDays: pick([1, 2, 30]) }),
  sharers: ({ pick }) => ({ rank: pick(['people', 'new_people', 'orders', 'revenue', 'chain_revenue']), top: pick([2, 100]) }),
  shareBy: ({ pick }) => ({ by: pick(['campaign', 'page', 'method', 'channel', 'depth']) }),
  shareTree: ({ pick }) => ({ root: pick([null, null, 's0', 's1']), top: pick([3, 500]) }),
  commission: ({ pick }) => ({
    rates: pick([[0.1, 0.05], [0.1], [0.2, 0.1, 0.05]]),
    own: pick([true, false]),
    refundDays: pick([0, 2]),
  }),
  shareK: ({ pick }) => ({ windowDays: pick([1, 2, 7]) }),
  rfm: ({ pick }) => pick([{}, {}, { r: 2, f: 2, m: 20 }, { m: 0 }]),
  abc: ({ pick }) => pick([{}, {}, { a: 0.5, b: 0.6 }]),
  memberLifecycle: ({ pick }) =>
    pick([
      { honeymoon: 1, active: 3, leaving: 5 },
      { honeymoon: 2, active: 4, leaving: 6 },
    ]),
  repurchase: ({ pick }) => ({ withinDays: pick([1, 2, 4]) }),
  products: ({ pick }) => ({ rank: pick(['revenue', 'viewed', 'carted', 'bought', 'pieces']), top: pick([2, 100]) }),
  priceBands: ({ pick }) => ({ edges: pick([[], [10, 5, 10], [19.99]]), bands: pick([2, 3, 5]) }),
  slowSellers: ({ pick }) => ({ pieces: pick([0, 1, 3]) }),
  campaign: ({ pick }) => ({ campaign: pick([null, 'autumn', 'autumn']) }),
  boughtTogether: ({ pick }) => ({ orders: pick([1, 2]), each: pick([1, 10]) }),
  viewedThenBought: ({ pick }) => ({ windowDays: pick([1, 3]), each: pick([1, 10]) }),
  coupons: ({ pick }) => ({ top: pick([1, 100]) }),
};
const FILTERS = [
  [],
  [],
  [{ field: 'platform', value: 'alipay' }],
  [{ field: 'platform', op: 'ne', value: 'alipay' }],
  [{ field: 'app_version', op: 'set' }],
];
const CONDITIONS = [
  { field: 'source_group', op: 'unset' },
  { field: 'source_group', op: 'set' },
  { field: 'source_group', value: '' },
  { field: 'source_group', op: 'ne', value: '' },
  { field: 'source_group', op: 'in', value: ['', 'ad'] },
  { field: 'source_group', op: 'contains', value: 'a' },
  { field: 'properties.path', value: 'home' },
  { field: 'properties.path', value: '' },
  { field: 'properties.path', op: 'ne', value: 'home' },
  { field: 'properties.path', op: 'in', value: ['home', 'cart'] },
  { field: 'properties.x_fraction', op: 'lt', value: 0.5 },
  { field: 'properties.x_fraction', op: 'gte', value: 0.5 },
  { field: 'window_width', value: 375 },
  { field: 'window_width', op: 'ne', value: 375 },
  { field: 'window_width', op: 'lt', value: 400 },
  { field: 'window_width', op: 'lte', value: 375 },
  { field: 'window_width', op: 'gt', value: 375 },
  { field: 'window_width', op: 'unset' },
];

const questionsOf = (id, seed, lastDay) => {
  const lot = createLot(seed, id);
  return Array.from({ length: MORE[id] ?? ASKED }, (_, i) => {
    const from = addDays(FIRST_DAY, lot.between(0, 6));
    const to = addDays(from, lot.pick([0, 1, 3, 5, 5]));
    const filters = id === 'segment' && i % 6 ? [] : FILTERS[(seed + i) % FILTERS.length];
    const common = { from, to, unit: lot.pick(['persons', 'visitors']), excluded: lot.hits(0.3), filters };
    return { common, given: PARAMETERS[id]?.(lot) ?? {}, today: addDays(lot.pick([to, lastDay]), lot.pick([0, 1, 2, 9])) };
  });
};

/** Money is told to the ten-thousandth: a number that differs by no more than half of that is the one that is wanted. */
const settle = (got, wanted) => {
  if (typeof got === 'number') return typeof wanted === 'number' && Math.abs(got - wanted) < 6e-5 ? wanted : got;
  if (Array.isArray(got)) return got.map((each, i) => settle(each, wanted?.[i]));
  return got && typeof got === 'object'
    ? Object.fromEntries(
        Object.entries(got)
          .filter(([key]) => key !== 'label')
          .map(([key, each]) => [key, settle(each, wanted?.[key])]),
      )
    : got;
};

const worlds = [];
beforeAll(async () => {
  for (let seed = FIRST; seed <= (LAST ?? FIRST); seed++) {
    const world = createWorld(seed);
    const shop = await createTestStore();
    const rows = createEvents(world.events);
    await shop.fill(world.events, world);
    await insertRows(shop.store, 'links', world.links);
    worlds.push({
      seed,
      shop,
      lastDay: world.lastDay,
      facts: createFacts({ ...world, rows, items: createItems(world.events, rows) }),
    });
  }
});
afterAll(async () => {
  for (const { shop } of worlds) await shop.close();
});

describe('conditions', () => {
  test.each(CONDITIONS)('%j', async (condition) => {
    const range = { from: addDays(FIRST_DAY, -91), to: addDays(FIRST_DAY, 12) };
    for (const { shop, facts } of worlds) {
      const wanted = PLAIN.eventNames(facts, readCommon({ ...range, filters: [condition] }, range.to), { top: 500 });
      const { rows } = await shop.run('eventNames', { ...range, filters: [condition] });
      expect(settle(rows, wanted)).toEqual(wanted);
    }
  });
});

describe('against a plain computation', () => {
  test.each(Object.keys(PLAIN))('%s', async (id) => {
    for (const { seed, shop, facts, lastDay } of worlds) {
      for (const [i, { common, given, today }] of questionsOf(id, seed, lastDay).entries()) {
        const c = readCommon(common, today);
        const p = readParameters(analysisOf(id), given);
        const wanted = PLAIN[id](facts, c, p);
        const answer = await shop.run(id, { ...common, ...given }, { today });
        const got = wanted.more ? { rows: answer.rows, more: answer.more } : answer.rows;
        const asked = { seed, ...common, ...given, today };
        expect({ ...asked, got: settle(got, wanted) }).toEqual({ ...asked, got: wanted });
        if (i === 0 && !NOBODY.includes(id)) await expectPeople(shop, id, { ...common, ...given }, answer, { most: 4, today });
      }
    }
  });
});
