import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ANALYSES, analysisOf } from '../../src/analyses/index.js';
import { runAnalysis, runPeople } from '../../src/analyses/run.js';
import { personOf } from '../../src/api/registerPerson.js';
import { createShopHistory } from '../analyses/helpers/createShopHistory.js';
import { createTestStore } from '../analyses/helpers/testStore.js';
import { fillBoth } from './fillBoth.js';
import { openChdb } from './openChdb.js';
import { round } from './round.js';

/** Each seed with about 50 events a visitor. */
const SEEDS = (process.env.ENGINES_SEEDS || '1,2,3').split(',').map(Number);
const VISITORS = Number(process.env.ENGINES_VISITORS || 200);
/** Only these analyses, for whoever changes one. */
const ONLY = process.env.ENGINES_ONLY?.split(',');
const RANGE = { from: '2026-09-03', to: '2026-10-05' };
const ENV = {
  today: '2026-10-20',
  segments: new Map([
    ['buyers', { analysis: 'overview', cell: { state: 'buyers' }, common: RANGE }],
    [
      'rules',
      {
        analysis: 'segment',
        params: {
          rules: [
            { kind: 'did', event: 'product_viewed', times: 2 },
            { kind: 'share', role: 'sharer', not: true },
          ],
        },
      },
    ],
  ]),
};
const DAY_MS = 86_400_000;
/** What else an analysis can be asked, besides its defaults. */
const FURTHER = {
  trend: [
    { by: 'properties.path', number: 'duration_ms', top: 2, interval: 'week' },
    { by: 'device_model', interval: 'hour' },
    { by: 'amount', interval: 'all' },
    { by: 'window_width', interval: 'all' },
    { filters: [{ field: 'price', op: 'contains', value: '0' }] },
    {
      filters: [
        { field: 'properties.value', op: 'gt', value: 50 },
        { field: 'platform', op: 'ne', value: 'alipay' },
        { field: 'properties.path', op: 'unset' },
      ],
    },
    // Numbers as numbers: an amount is 50 and 50.0000, a map holds texts, and many events have neither.
    ...[
      { field: 'amount', value: 10 },
      { field: 'amount', op: 'ne', value: '10.0' },
      { field: 'amount', op: 'in', value: [41, 56.5, '134.00'] },
      { field: 'price', op: 'contains', value: '5' },
      { field: 'price', op: 'unset' },
      { field: 'duration_ms', op: 'lte', value: 1500.5 },
      { field: 'hour', op: 'in', value: [0, 9, 23] },
      { field: 'session_index', op: 'ne', value: 1 },
      { field: 'is_first_visit', value: true },
      { field: 'properties.price', op: 'lt', value: 99.9 },
    ].map((filter) => ({ filters: [filter] })),
    {
      filters: [
        { field: 'source_group', op: 'in', value: ['ad', '属性'] },
        { field: 'app_version', op: 'contains', value: '1.' },
      ],
      interval: 'all',
    },
  ],
  lifecycle: [{ interval: 'week' }, { interval: 'month' }],
  channels: [
    { by: 'campaign', model: 'linear' },
    { by: 'utm_medium', model: 'position' },
    { by: 'code', model: 'first' },
  ],
  funnel: [
    { by: 'platform', windowMs: 3 * DAY_MS },
    { count: 'attempt', by: 'first_group', windowMs: 5 * DAY_MS },
    { count: 'session' },
    { strict: true },
    { same: 'product_id', windowMs: 9 * DAY_MS, steps: [{ event: 'product_viewed' }, { event: 'product_added' }] },
  ],
  distribution: [{ measure: 'sum' }, { measure: 'days', step: { event: '*' } }],
  interval: [{ start: { event: 'order_paid' }, end: { event: 'order_paid' } }],
  retention: [
    { interval: 'week', orAfter: true },
    { interval: 'month' },
    {
      interval: 'hours24',
      brackets: [
        [1, 1],
        [2, 7],
      ],
    },
    { first: { event: 'order_paid' }, back: { event: 'order_paid', filters: [{ field: 'amount', op: 'gte', value: 100 }] } },
  ],
  ltv: [{ since: 'first_order', interval: 'month' }],
  paths: [{ page: 'pages/cart/index', direction: 'to', top: 2 }],
  heat: [{ page: 'pages/product/index' }],
  exposures: [{ by: 'element_id' }],
  shareBy: [{ by: 'campaign' }, { by: 'depth' }],
  commission: [{ rates: [0.1, 0.05, 0.01], own: false }],
  segment: [
    {
      rules: [
        { kind: 'profile', key: 'level', op: 'gte', value: 2 },
        { kind: 'order', measure: 'days_since', op: 'gte', value: 3 },
        { kind: 'source', touch: 'first', filters: [{ field: 'first_group', value: 'ad' }] },
      ],
      match: 'any',
    },
    {
      rules: [
        { kind: 'did', event: 'order_paid', sum: 'value', op: 'gte', times: 200, days: 20 },
        { kind: 'order', measure: 'net', op: 'lte', value: 900 },
      ],
    },
  ],
  rfm: [{ r: 10, f: 2, m: 150.5 }],
  priceBands: [{ edges: [50, 100, 150] }],
  slowSellers: [{ pieces: 100_000 }],
  campaign: [{ campaign: 'autumn' }],
  experiment: [{ experiment: 'coupon', weights: { a: 1, b: 2 } }],
  boughtTogether: [{ orders: 1 }],
  recall: [{ leavingDays: 5 }],
  versions: [{ by: 'app_version' }],
};

let duck;
let click;
before(async () => {
  duck = await createTestStore();
  click = openChdb();
});
after(async () => {
  await duck.close();
  click.close();
});

const fill = (seed) => fillBoth(duck, click, createShopHistory({ seed, visitors: VISITORS }));

const compare = async (id, given) => {
  const analysis = analysisOf(id);
  const [one, two] = [await runAnalysis(duck.store, analysis, given, ENV), await runAnalysis(click, analysis, given, ENV)];
  assert.deepEqual(
    round({ rows: two.raw, more: two.more }),
    round({ rows: one.raw, more: one.more }),
    `${id} ${JSON.stringify(given)}`,
  );
  return one.raw;
};

for (const seed of SEEDS) {
  test(`seed ${seed}: every analysis gives the same on both engines`, async (t) => {
    const events = await fill(seed);
    t.diagnostic(`${events} events`);
    for (const { id } of ANALYSES.filter((analysis) => !ONLY || ONLY.includes(analysis.id))) {
      await t.test(id, async () => {
        for (const further of [{}, ...(FURTHER[id] || [])]) await compare(id, { ...RANGE, ...further });
        await compare(id, { ...RANGE, unit: 'visitors', excluded: true });
        await compare(id, { ...RANGE, segment: 'buyers', filters: [{ field: 'platform', op: 'eq', value: 'wechat' }] });
        await compare(id, { ...RANGE, segment: 'rules' });
      });
    }
  });
}

/** Its SQL is written for one engine. */
const answered = ({ sql: _, ...answer }) => answer;

test('the people behind a number are the same', async () => {
  for (const [id, cell] of [
    ['overview', { state: 'returning' }],
    ['funnel', { step: 2 }],
    ['retention', { cohort: '2026-09-05', n: -1 }],
    ['sharers', {}],
    ['rfm', {}],
  ]) {
    const [one, two] = [
      await runPeople(duck.store, analysisOf(id), RANGE, cell, ENV),
      await runPeople(click, analysisOf(id), RANGE, cell, ENV),
    ];
    assert.deepEqual(answered(two), answered(one));
    assert.ok(one.total > 0);
  }
});

test('what is told of one person is the same', async () => {
  const query = 'SELECT min(anonymous_id) AS guest, min(person) AS member FROM persons';
  const [{ guest, member }] = await duck.store.query(query);
  const [{ sharer }] = (await runAnalysis(duck.store, analysisOf('sharers'), RANGE, ENV)).rows;
  for (const id of new Set([guest, member, sharer])) {
    const [one, two] = [await personOf(duck.store, id), await personOf(click, id)];
    assert.deepEqual(answered(two), answered(one));
    assert.ok(one.events.length > 0);
  }
  assert.ok((await personOf(duck.store, sharer)).brought.length > 0);
  assert.equal(await personOf(click, 'nobody'), undefined);
});
