import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANALYSES } from '../../src/analyses/index.js';
import { parseCsv, toCsv } from '../../src/api/csv.js';
import { openSettings } from '../../src/api/settings.js';
import { fillWithHistory } from './helpers/createShopHistory.js';
import { createTestApi } from './helpers/testApi.js';

let api;
const RANGE = 'from=2026-09-03&to=2026-10-05';
beforeAll(async () => {
  api = await createTestApi();
  await fillWithHistory(api.shop);
});
afterAll(() => api.close());

test('tells every analysis with its parameters, its definition in both languages and its SQL', async () => {
  const { body } = await api.call('GET', '/api/analyses');
  expect(body.analyses.map(({ id }) => id)).toEqual(ANALYSES.map(({ id }) => id));
  for (const { title, definition, parameters, sql } of body.analyses) {
    expect(definition.en.length).toBeGreaterThan(40);
    expect(definition.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(title.zh && title.en && sql).toMatch(/SELECT/);
    for (const { en, zh } of Object.values(parameters)) expect([en, zh].every(Boolean)).toBe(true);
  }
});

test.each(ANALYSES.map(({ id }) => id))('%s answers by GET and by POST alike, and as CSV', async (id) => {
  const get = await api.call('GET', `/api/analyses/${id}?${RANGE}`);
  expect(get.status).toBe(200);
  const post = await api.call('POST', `/api/analyses/${id}`, { from: '2026-09-03', to: '2026-10-05' });
  expect(post.body).toEqual(get.body);
  const csv = await api.call('GET', `/api/analyses/${id}/csv?${RANGE}`);
  expect(csv.body.charCodeAt(0)).toBe(0xfeff);
});

test('compares with the period before, and marks what may still grow', async () => {
  const { body } = await api.call('GET', '/api/analyses/overview?from=2026-10-01&to=2026-10-18&compare=previous');
  expect(body.compared.range).toEqual({ from: '2026-09-13', to: '2026-09-30' });
  const alone = await api.call('GET', '/api/analyses/overview?from=2026-09-13&to=2026-09-30');
  expect(body.compared.rows).toEqual(alone.body.rows);
  expect(body.growing_from).toBe('2026-10-13');
  expect(alone.body.growing_from).toBe(null);
  const week = await api.call('GET', '/api/analyses/overview?from=2026-10-01&to=2026-10-18&compare=last_week');
  expect(week.body.compared.range).toEqual({ from: '2026-09-24', to: '2026-10-11' });
});

test.each([
  ['trend', 'interval=year', 'interval'],
  ['trend', 'by=name;drop table events', 'by'],
  ['trend', 'from=2026-02-30', 'from'],
  ['trend', 'from=2026-10-02&to=2026-10-01', 'from'],
  ['funnel', 'steps=[{"event":"a"}]', 'steps'],
  ['funnel', 'windowMs=1e400', 'windowMs'],
  ['funnel', 'sameSession=constructor', 'sameSession'],
  ['distribution', 'edges=[]', 'edges'],
  ['distribution', 'edges=[1e308]', 'edges'],
  ['priceBands', 'edges=[-1e13]', 'edges'],
  ['commission', 'rates=[]', 'rates'],
  ['rfm', 'm=9007199254740993', 'm'],
  ['trend', 'filters=[{"field":"id","value":"x"}]', 'filters'],
  ['trend', 'segment=none', 'segment'],
  ['sharers', 'rank=sharer; --', 'rank'],
  ['trend', 'unit=devices', 'unit'],
  ['segment', 'rules=[{"kind":"did","event":"a","days":1000000000}]', 'rules'],
  ['segment', 'rules=[{"kind":"did","event":"a","days":0.5}]', 'rules'],
  ['segment', 'rules=[{"kind":"did","event":"a","op":"ne"}]', 'rules'],
  ['segment', 'rules=[{"kind":"profile","key":"city"}]', 'rules'],
  ['segment', 'rules=[{"kind":"profile","key":"level","op":"gte","value":""}]', 'rules'],
  ['segment', 'rules=[{"kind":"share","role":"friend"}]', 'rules'],
  ['segment', 'rules=[{"kind":"source","touch":"last","filters":[{"field":"platform","value":"wechat"}]}]', 'rules'],
  ['segment', 'rules=[{"kind":"order","measure":"pieces","value":1}]', 'rules'],
])('%s?%s is refused with the name of the parameter', async (id, query, field) => {
  const { status, body } = await api.call('GET', `/api/analyses/${id}?${query}`);
  expect({ status, field: body.field }).toEqual({ status: 400, field });
});

test('no text of a user becomes SQL', async () => {
  const nasty = `a'; DROP TABLE events; -- "x"] \u0000 {p0:String} $p1 属性`;
  const filters = JSON.stringify([{ field: `properties.${nasty}`, op: 'ne', value: nasty }]);
  const query = `${RANGE}&filters=${encodeURIComponent(filters)}&by=${encodeURIComponent(`properties.${nasty}`)}&step=${encodeURIComponent(JSON.stringify({ event: '*' }))}`;
  const { status, body } = await api.call('GET', `/api/analyses/trend?${query}`);
  expect(status).toBe(200);
  expect(body.sql).not.toContain('DROP');
  const all = await api.call('GET', `/api/analyses/trend?${RANGE}`);
  expect(body.rows.map(({ events }) => events)).toEqual(all.body.rows.map(({ events }) => events));
});

test('saves the people behind a number as a segment, filters by it, exports and tags it', async () => {
  const saved = await api.call('POST', '/api/segments', {
    name: '买家',
    analysis: 'overview',
    cell: { state: 'buyers' },
    common: { from: '2026-09-03', to: '2026-10-05' },
  });
  expect(saved.status).toBe(200);
  const overview = await api.call('GET', `/api/analyses/overview?${RANGE}`);
  expect(saved.body.people).toBe(overview.body.rows[0].buyers);
  const of = await api.call('GET', `/api/analyses/overview?${RANGE}&segment=${saved.body.id}`);
  expect(of.body.rows[0].active_people).toBe(overview.body.rows[0].buyers);
  expect(of.body.rows[0].orders).toBe(overview.body.rows[0].orders);
  const nested = await api.call('POST', '/api/segments', {
    name: 'sharers',
    params: { rules: [{ kind: 'share', role: 'sharer' }] },
    common: { segment: saved.body.id },
  });
  expect(nested.status).toBe(200);
  expect(nested.body.people).toBeLessThan(saved.body.people);
  const csv = await api.call('GET', `/api/segments/${saved.body.id}/csv`);
  expect(parseCsv(csv.body).length).toBe(saved.body.people + 1);
  const tag = await api.call('POST', '/api/tags', { name: 'VIP', segment: saved.body.id });
  expect(tag.status).toBe(200);
  expect((await api.call('GET', '/api/tags')).body).toMatchObject([
    { name: 'VIP', people: saved.body.people, computed_for: '2026-10-20' },
  ]);
  const [, [person]] = parseCsv(csv.body);
  expect((await api.call('GET', `/api/people/${person}`)).body.tags).toEqual(['VIP']);
  expect((await api.call('DELETE', `/api/segments/${nested.body.id}`)).status).toBe(200);
  expect((await api.call('DELETE', `/api/segments/${nested.body.id}`)).status).toBe(404);
  expect((await api.call('POST', '/api/segments', { name: 'x', params: { rules: [{ kind: 'magic' }] } })).status).toBe(400);
  expect((await api.call('POST', '/api/segments', { name: 'x', params: null })).body.field).toBe('params');
  expect((await api.call('POST', '/api/segments', { name: 'x', common: [] })).body.field).toBe('common');
});

test('one person is told with whom they brought, by whom they were brought, and what they are worth', async () => {
  const [{ sharer, people }] = (await api.call('POST', '/api/analyses/sharers', { from: '2026-01-01', to: '2026-12-31' })).body
    .rows;
  const { body } = await api.call('GET', `/api/people/${sharer}`);
  expect(body.brought).toHaveLength(people);
  const others = await Promise.all(body.brought.map(({ person }) => api.call('GET', `/api/people/${person}`)));
  expect(others.some(({ body: other }) => other.brought_by.person === sharer)).toBe(true);
  const paid = body.orders.filter(({ cancelled }) => !cancelled);
  expect(body.summary).toMatchObject({ orders: paid.length, last_t: body.events[0].t });
  expect(body.summary.revenue).toBeCloseTo(
    paid.reduce((sum, { net }) => sum + net, 0),
    2,
  );
  expect(body.profile.map(({ key }) => key)).toContain('city');
});

test('rules of a segment narrow it down by what was done, told, paid and shared', async () => {
  const count = async (rules, match) =>
    (await api.call('POST', '/api/analyses/segment', { from: '2026-09-01', to: '2026-10-15', match, rules })).body.rows[0]
      .people;
  const did = { kind: 'did', event: 'order_paid', op: 'gte', times: 1 };
  const buyers = await count([did]);
  const [{ everyone }] = (await api.call('POST', '/api/analyses/segment', { from: '2026-09-01', to: '2026-10-15' })).body.rows;
  expect(await count([{ ...did, not: true }])).toBe(everyone - buyers);
  const shared = await count([{ kind: 'share', role: 'sharer' }]);
  const both = await count([did, { kind: 'share', role: 'sharer' }]);
  expect(await count([did, { kind: 'share', role: 'sharer' }], 'any')).toBe(buyers + shared - both);
  const sz = await count([{ kind: 'profile', key: 'city', value: 'sz' }]);
  const bj = await count([{ kind: 'profile', key: 'city', value: 'bj' }]);
  expect(sz).toBeGreaterThan(0);
  expect(
    await count(
      [
        { kind: 'profile', key: 'city', op: 'eq', value: 'sz' },
        { kind: 'profile', key: 'city', op: 'eq', value: 'bj' },
      ],
      'any',
    ),
  ).toBe(sz + bj);
  expect(await count([{ kind: 'order', measure: 'days_since', op: 'gte', value: 0 }])).toBeLessThanOrEqual(buyers);
  expect(await count([{ kind: 'order', measure: 'net', op: 'gte', value: 100 }])).toBeLessThan(buyers);
  expect(await count([{ kind: 'source', touch: 'first', filters: [{ field: 'first_group', value: 'ad' }] }])).toBeGreaterThan(
    0,
  );
});

test('imports costs as Excel writes them, a second time in place of the first', async () => {
  const csv = '\ufeff日期,渠道,活动,花费\r\n2026/9/5,ad,"autumn, big","¥1,234.50"\r\n2026-09-06,search,,20\r\n';
  const first = await api.call('POST', '/api/costs', csv, { 'content-type': 'text/csv' });
  expect(first.body).toEqual({ rows: 2, days: 2 });
  await api.call('POST', '/api/costs', csv, { 'content-type': 'text/csv' });
  const { body } = await api.call('GET', `/api/analyses/channels?${RANGE}`);
  const ad = body.rows.find(({ value }) => value === 'ad');
  expect(ad.cost).toBe(1234.5);
  expect(ad.roi).toBeCloseTo((ad.revenue - 1234.5) / 1234.5, 9);
  expect(ad.cost_per_new).toBeCloseTo(1234.5 / ad.new_people, 9);
  expect(body.rows.find(({ value }) => value === 'recent')).toMatchObject({ cost: null, roi: null });
  expect(body.note).toBeUndefined();
  const filters = JSON.stringify([{ field: 'platform', value: 'wechat' }]);
  const part = (await api.call('GET', `/api/analyses/channels?${RANGE}&filters=${encodeURIComponent(filters)}`)).body;
  expect(part.rows.find(({ value }) => value === 'ad')).toMatchObject({ cost: null, roi: null, cost_per_new: null });
  expect(part.note).toEqual({ en: expect.stringContaining('everybody'), zh: expect.stringContaining('全体') });
  const { body: segment } = await api.call('POST', '/api/segments', {
    name: 'all',
    params: { rules: [{ kind: 'did', event: 'never', times: 0 }] },
  });
  const ofSegment = (await api.call('GET', `/api/analyses/channels?${RANGE}&segment=${segment.id}`)).body;
  expect(ofSegment.rows.find(({ value }) => value === 'ad')).toMatchObject({ revenue: ad.revenue, cost: null, roi: null });
  expect((await api.call('GET', `/api/analyses/channels?${RANGE}&by=scene&segment=${segment.id}`)).body.note).toBeUndefined();
  const wrong = await api.call('POST', '/api/costs', 'day,cost\n2026-13-01,5', { 'content-type': 'text/csv' });
  expect(wrong).toMatchObject({ status: 400, body: { field: 'csv', error: 'line 2: no day' } });
  expect(openSettings(join(api.dataFolder, 'settings.json')).get('costs').length).toBe(2);
});

test('makes a path, a QR scene and a web link that carry one code, and reports by it', async () => {
  const { body } = await api.call('POST', '/api/links', {
    page: 'pages/index/index?id=1',
    campaign: '双11',
    source: 'kol',
    owner: 'ops',
    cost: 200,
    web_url: 'https://shop.example.com/a?b=1',
  });
  expect(body.qr.scene.length).toBeLessThanOrEqual(32);
  expect(new URLSearchParams(body.path.split('?')[1]).get('utm_content')).toBe(body.code);
  expect(new URL(body.web_url).searchParams.get('utm_campaign')).toBe('双11');
  expect(new URL(body.web_url).searchParams.get('b')).toBe('1');
  const report = await api.call('GET', `/api/links/report?${RANGE}`);
  expect(report.body.rows).toEqual([
    {
      code: body.code,
      name: '',
      campaign: '双11',
      owner: 'ops',
      new_people: 0,
      visits: 0,
      visitors: 0,
      orders: 0,
      buyers: 0,
      revenue: 0,
      cost: 200,
      roi: -1,
      cost_per_new: null,
    },
  ]);
  // All of the cost is of all that came: it is not held against a part.
  const [link] = api.context.settings.get('links');
  const roiOf = async (query) => (await api.call('GET', `/api/links/report?${query}`)).body.rows[0].roi;
  const made = async (day) => api.context.settings.set('links', [{ ...link, created_at: Date.parse(`${day}T00:00:00+08:00`) }]);
  await made('2026-09-03');
  expect(await roiOf(RANGE)).toBe(-1);
  expect(await roiOf(`${RANGE}&filters=${encodeURIComponent('[{"field":"platform","value":"wechat"}]')}`)).toBe(null);
  await made('2026-09-02');
  expect(await roiOf(RANGE)).toBe(null);
  expect(
    (await api.call('GET', `/api/analyses/links?${RANGE}`)).body.rows.find(({ value }) => value === 'c_shop').visits,
  ).toBeGreaterThan(0);
});

test('recommends from memory, never what was bought or is out of stock', async () => {
  await api.context.recommendations.rebuild();
  const { body } = await api.call('GET', '/api/recommendations?product=p1&limit=20');
  expect(body.products.length).toBeGreaterThan(0);
  expect(body.products.map(({ product_id }) => product_id)).not.toContain('p1');
  const [{ product_id: best }] = body.products;
  await api.call('PUT', '/api/stock', { out_of_stock: [best] });
  const later = await api.call('GET', '/api/recommendations?product=p1&limit=20');
  expect(later.body.products.map(({ product_id }) => product_id)).not.toContain(best);
  await api.call('PUT', '/api/stock', { out_of_stock: [] });
  const rows = await api.shop.store.query(
    "SELECT coalesce(p.person, it.anonymous_id) AS person, it.product_id AS product_id FROM items AS it LEFT JOIN persons AS p ON p.anonymous_id = it.anonymous_id WHERE it.name = 'order_paid'",
  );
  for (const { person } of rows.slice(0, 5)) {
    const bought = rows.filter((row) => row.person === person).map(({ product_id }) => product_id);
    const answer = await api.call('GET', `/api/recommendations?product=p1&kind=viewed&limit=50&person=${person}`);
    expect(answer.body.products.filter(({ product_id }) => bought.includes(product_id))).toEqual([]);
  }
});

test('own SQL reads the tables and nothing else', async () => {
  const { body } = await api.call('POST', '/api/sql', { sql: 'SELECT count(*) AS n FROM orders' });
  expect(body.rows[0].n).toBeGreaterThan(0);
  for (const sql of [
    'DELETE FROM events',
    "SELECT * FROM read_csv('/etc/passwd')",
    'SELECT 1; SELECT 2',
    'SELECT nonsense FROM events',
    '',
  ]) {
    expect((await api.call('POST', '/api/sql', { sql })).status).toBe(400);
  }
  expect((await api.call('GET', '/api/people/nobody')).status).toBe(404);
});

test('CSV is safe for a spreadsheet and reads back', () => {
  const rows = [
    { name: '=HYPERLINK("http://x")', n: -5, text: '-5', other: '+cmd|calc', line: 'a\r\n"b",c', list: [1], nothing: null },
  ];
  const csv = toCsv(rows);
  const [, line] = parseCsv(csv);
  expect(line).toEqual([`'=HYPERLINK("http://x")`, '-5', '-5', `'+cmd|calc`, 'a\n"b",c'.replace('\n', '\r\n'), '[1]', '']);
});

test('settings are whole on the disk, and a broken file is not overwritten', async () => {
  const path = join(api.dataFolder, 'other.json');
  const settings = openSettings(path);
  await Promise.all([settings.set('tags', [1]), settings.set('links', [2]), settings.set('plan', [3])]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ tags: [1], links: [2], plan: [3] });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(path, '{"tags": [');
  expect(() => openSettings(path)).toThrow(SyntaxError);
});

test('nothing of all this failed on its own', () => expect(api.failures).toEqual([]));
