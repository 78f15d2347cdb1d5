import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCostLines, readCosts } from '../../src/api/costs.js';
import { openSettings } from '../../src/api/settings.js';
import { fillWithHistory } from '../analyses/helpers/createShopHistory.js';
import { createTestApi } from '../analyses/helpers/testApi.js';
import { openWebhook } from '../helpers/openWebhook.js';

let api;
beforeAll(async () => {
  api = await createTestApi();
  await fillWithHistory(api.shop);
});
afterAll(() => api.close());

const all = async (path) => (await api.call('GET', path)).body;

test('names each line of a file of costs in which something is wrong, by its place in the file', () => {
  const csv =
    '\ufeff日期,渠道,花费\r\n\r\n2026/9/3,search,"1,200"\r\nsoon,search,5\r\n2026-09-04,"a\nb",-1\r\n2026-09-05,ad,3\r\n';
  expect(readCostLines(csv)).toEqual({
    rows: [
      { line: 3, day: '2026-09-03', source_group: 'search', source_campaign: '', amount: 1200 },
      { line: 7, day: '2026-09-05', source_group: 'ad', source_campaign: '', amount: 3 },
    ],
    problems: [
      { line: 4, problem: 'day' },
      { line: 5, problem: 'cost' },
    ],
  });
  expect(() => readCosts(csv)).toThrow('line 4: no day');
  expect(readCostLines('')).toEqual({ rows: [], problems: [{ line: 1, problem: 'columns' }] });
});

test('reads costs that were copied from a sheet', () => {
  expect(readCosts('day\tchannel\tcost\n2026-09-03\tsearch\t1,200\n')).toEqual([
    { day: '2026-09-03', source_group: 'search', source_campaign: '', amount: 1200 },
  ]);
});

test('takes the costs of a day away', async () => {
  await api.call('POST', '/api/costs', { csv: 'day,cost\n2026-09-03,5\n2026-09-04,6' });
  expect((await api.call('DELETE', '/api/costs/2026-09-03')).body).toEqual({ removed: '2026-09-03' });
  expect((await all('/api/costs')).map(({ day }) => day)).toEqual(['2026-09-04']);
  expect(await api.shop.store.query('SELECT count(*) AS n FROM costs')).toEqual([{ n: 1 }]);
  expect((await api.call('DELETE', '/api/costs/2026-09-03')).status).toBe(404);
});

const bought = { match: 'all', rules: [{ kind: 'did', event: 'order_paid' }] };

test('changes a segment and a tag, and removes no segment that a tag is of', async () => {
  const { body: segment } = await api.call('POST', '/api/segments', { name: 'Buyers', params: bought });
  const params = { match: 'all', rules: [{ kind: 'did', event: 'product_viewed' }] };
  const { body: changed } = await api.call('PATCH', `/api/segments/${segment.id}`, { name: 'Lookers', params });
  expect(changed).toMatchObject({ id: segment.id, name: 'Lookers', params });
  expect(changed.people).toBeGreaterThan(segment.people);
  const bad = await api.call('PATCH', `/api/segments/${segment.id}`, { params: { rules: [{ kind: 'none' }] } });
  expect(bad.status).toBe(400);
  expect((await all('/api/segments'))[0]).toMatchObject({ name: 'Lookers', params });

  const { body: tag } = await api.call('POST', '/api/tags', { name: '看过', segment: segment.id });
  await api.call('POST', '/api/tags', { name: '其他', segment: segment.id });
  const patch = (given) => api.call('PATCH', `/api/tags/${tag.id}`, given);
  expect((await patch({ name: '浏览过' })).body).toEqual({ ...tag, name: '浏览过' });
  expect((await patch({ name: '其他' })).body.field).toBe('name');
  expect((await all('/api/tags'))[0]).toMatchObject({ name: '浏览过', people: changed.people });
  expect((await api.call('DELETE', `/api/segments/${segment.id}`)).status).toBe(400);
  for (const { id } of await all('/api/tags')) await api.call('DELETE', `/api/tags/${id}`);
  expect((await api.call('DELETE', `/api/segments/${segment.id}`)).status).toBe(200);
});

test('keeps campaigns with their days and coupons, and refuses what is none', async () => {
  const given = { name: '双十一', campaign: 'd11', from: '2026-11-01', to: '2026-11-11', coupons: ['c10'] };
  const { body: campaign } = await api.call('POST', '/api/campaigns', given);
  expect(campaign).toMatchObject(given);
  await api.call('PATCH', `/api/campaigns/${campaign.id}`, { to: '2026-11-12' });
  expect(openSettings(join(api.dataFolder, 'settings.json')).get('campaigns')[0].to).toBe('2026-11-12');
  const wrong = { from: '2026-11-13', to: '2026-13-01', name: '', coupons: [5], campaign: 'x'.repeat(101) };
  for (const [field, value] of Object.entries(wrong)) {
    const { status, body } = await api.call('PATCH', `/api/campaigns/${campaign.id}`, { [field]: value });
    expect([status, body.field]).toEqual([400, field]);
  }
  await api.call('DELETE', `/api/campaigns/${campaign.id}`);
  expect(await all('/api/campaigns')).toEqual([]);
});

test('gives the part of the plan that is of the shop, as it is sent back', async () => {
  const own = [
    { name: 'quiz_done', en: 'A quiz is done', zh: '完成问答', properties: { score: 'number' }, required: ['score'] },
  ];
  await api.call('PUT', '/api/plan', own);
  expect(await all('/api/plan/own')).toEqual(own);
  expect((await all('/api/plan')).quiz_done).toMatchObject({ type: 'track', properties: { score: 'number' } });
});

test('tries a webhook, and tells what the robot answered', async () => {
  const refusal = '{"errcode":93000,"errmsg":"invalid webhook url"}';
  const robot = await openWebhook([{ status: 200, body: '{"errcode":0}' }, { status: 200, body: refusal }, { status: 404 }]);
  try {
    const send = async (more) => (await api.call('POST', '/api/alerts/test', { webhook: robot.url, ...more })).body;
    expect(await send({ title: '订单数' })).toEqual({ error: '' });
    expect(robot.calls[0].body).toEqual({
      msgtype: 'text',
      text: { content: '【订单数】这是一条测试消息：指标超出通常范围时，会在这里提醒。' },
    });
    expect(await send({ lang: 'en' })).toEqual({ error: refusal });
    expect(await send()).toEqual({ error: 'status 404' });
    expect((await send({ webhook: 'file:///etc/passwd' })).field).toBe('webhook');
    expect(await all('/api/alerts')).toEqual([]);
  } finally {
    await robot.close();
  }
});
