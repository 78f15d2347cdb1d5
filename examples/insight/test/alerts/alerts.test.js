import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAlerts } from '../../src/alerts/createAlerts.js';
import { robotText } from '../../src/alerts/robotText.js';
import { usualBand } from '../../src/alerts/usualBand.js';
import { openSettings } from '../../src/api/settings.js';
import { at } from '../analyses/helpers/createEvents.js';
import { createTestApi } from '../analyses/helpers/testApi.js';
import { openWebhook } from '../helpers/openWebhook.js';

let api;
let robot;
let now;
/** Day 50 after 2026-09-01 is 2026-10-21; yesterday is day 49, whose weekday is that of the days 42, 35, 28, … */
const TODAY = 50;

beforeEach(async () => {
  now = at(TODAY) + 2 * 3_600_000;
  robot = await openWebhook([{ status: 200, body: '{"errcode":0,"errmsg":"ok"}' }]);
  api = await createTestApi({ now: () => now });
});
afterEach(async () => {
  await api.close();
  await robot.close();
});

/** So many orders on each day; between the days that are named there are three. */
const fill = (counts, more = []) => {
  const events = [...more];
  for (let day = 0; day < TODAY; day++)
    for (let i = 0; i < (counts[day] ?? 3); i++)
      events.push({ v: `v${i}`, t: at(day, i * 1000 + 3_600_000), name: 'search', props: { query: 'tea' } });
  return api.shop.fill(events);
};
const watch = (more = {}) =>
  api.call('POST', '/api/alerts', {
    title: '搜索次数',
    analysis: 'trend',
    column: 'events',
    params: { step: { event: 'search' } },
    webhook: robot.url,
    ...more,
  });
const USUAL = { 0: 20, 7: 22, 14: 18, 21: 21, 28: 19, 35: 20, 42: 90 };

test('the band is the median of the weekday and k times the MAD, and one odd day does not move it', () => {
  expect(usualBand([20, 22, 18, 21, 19, 20, 90], 5)).toEqual({ median: 20, low: 15, high: 25 });
  expect(usualBand([20, 24, 16, 22], 2)).toEqual({ median: 21, low: 17, high: 25 });
  expect(usualBand([50, 50, 50, 50], 5)).toEqual({ median: 50, low: 45, high: 55 });
  expect(usualBand([20, 22, 18], 5)).toBe(undefined);
});

test('sends once when yesterday is out of its band, with the band to be drawn, and not again after a restart', async () => {
  await fill({ ...USUAL, 49: 9 });
  const { body: alert } = await watch();
  await api.context.alerts.tick();
  expect(robot.calls.map(({ key }) => key)).toEqual([`${alert.id} 2026-10-20`]);
  expect(robot.calls.map(({ body }) => body)).toEqual([
    {
      msgtype: 'text',
      text: { content: '【搜索次数】2026-10-20：9，低于通常范围 15 ～ 25（过去 8 周同一星期几的中位数 20）' },
    },
  ]);
  await api.context.alerts.tick();
  const again = await api.call('POST', `/api/alerts/${alert.id}/check`);
  expect(again.body).toMatchObject({ state: 'low', value: 9 });
  expect(robot.calls).toHaveLength(1);
  const drawn = (await api.call('GET', `/api/alerts/${alert.id}?days=2`)).body;
  expect(drawn.definition).toEqual({ en: expect.stringContaining('median'), zh: expect.stringContaining('中位数') });
  expect(drawn.days).toEqual([
    { day: '2026-10-19', value: 3, median: 3, low: 2.7, high: 3.3, state: 'usual' },
    { day: '2026-10-20', value: 9, median: 20, low: 15, high: 25, state: 'low' },
  ]);
  const kept = openSettings(join(api.dataFolder, 'settings.json')).get('alerts');
  expect(kept[0].sent).toEqual([{ day: '2026-10-20', value: 9, median: 20, low: 15, high: 25, state: 'low', error: '' }]);
  const { store, timeZone, env } = api.context;
  const settings = openSettings(join(api.dataFolder, 'settings.json'));
  await createAlerts({ store, settings, timeZone, env, now: () => now }).tick();
  expect(robot.calls).toHaveLength(1);
});

test('waits until an hour after the end of the day, and looks again a day later', async () => {
  await fill({ ...USUAL, 49: 40 });
  await watch({ lang: 'en', title: 'Searches' });
  now = at(TODAY) + 59 * 60_000;
  await api.context.alerts.tick();
  expect(robot.calls).toEqual([]);
  now += 60_000;
  await api.context.alerts.tick();
  expect(robot.calls[0].body.text.content).toBe(
    '[Searches] 2026-10-20: 40, above its usual band of 15 to 25 (median of this weekday in the past 8 weeks: 20)',
  );
  now = at(TODAY + 1) + 2 * 3_600_000;
  await api.context.alerts.tick();
  // On day 50 nobody searched at all: a day without a row is 0.
  expect(robot.calls[1].body.text.content).toContain('2026-10-21: 0, below its usual band of 2.7 to 3.3');
});

test('takes as many weeks and as wide a band as the alert says', async () => {
  await fill({ ...USUAL, 49: 23 });
  const look = async (more) => {
    const { body: alert } = await watch(more);
    const { median, low, high, state } = (await api.call('POST', `/api/alerts/${alert.id}/check`)).body;
    return { median, low, high, state };
  };
  expect(await look({ k: 5 })).toEqual({ median: 20, low: 15, high: 25, state: 'usual' });
  expect(await look({ k: 2.5 })).toEqual({ median: 20, low: 17.5, high: 22.5, state: 'high' });
  // 90, 20, 19 and 21: the fifth week is not looked at.
  expect(await look({ weeks: 4 })).toEqual({ median: 20.5, low: 15.5, high: 25.5, state: 'usual' });
});

test('a look before the hour is over is not the look of the day', async () => {
  await fill({ ...USUAL, 49: 20 });
  const { body: alert } = await watch();
  now = at(TODAY) + 10 * 60_000;
  expect((await api.call('POST', `/api/alerts/${alert.id}/check`)).body.state).toBe('usual');
  // What came late.
  await fill({ ...USUAL, 49: 90 });
  now = at(TODAY) + 2 * 3_600_000;
  await api.context.alerts.tick();
  expect(robot.calls.map(({ body }) => body.text.content)).toEqual([expect.stringContaining('2026-10-20：90，高于')]);
});

test('a tick looks once a day, and a figure that fails holds up no other', async () => {
  await fill({ ...USUAL, 49: 20 });
  const { body: segment } = await api.call('POST', '/api/segments', {
    name: 'Tea',
    params: { rules: [{ kind: 'did', event: 'search' }] },
  });
  await watch({ params: { step: { event: 'search' }, segment: segment.id } });
  await watch();
  await api.call('DELETE', `/api/segments/${segment.id}`);
  const { alerts } = api.context;
  await expect(alerts.tick()).rejects.toThrow('no such segment');
  await fill({ ...USUAL, 49: 90 });
  await expect(alerts.tick()).rejects.toThrow('no such segment');
  expect(robot.calls).toEqual([]);
  now = at(TODAY + 1) + 2 * 3_600_000;
  await expect(alerts.tick()).rejects.toThrow('no such segment');
  expect(robot.calls).toHaveLength(1);
});

test('the past of a segment is asked again: people come into it', async () => {
  const joined = (v) => ({ v, t: at(48), name: 'joined' });
  await fill({}, [joined('v0')]);
  const { body: segment } = await api.call('POST', '/api/segments', {
    name: 'Joined',
    params: { rules: [{ kind: 'did', event: 'joined' }] },
    common: { from: '2026-09-01', to: '2026-10-20' },
  });
  const { body: alert } = await watch({ params: { step: { event: 'search' }, segment: segment.id } });
  const median = async () => (await api.call('GET', `/api/alerts/${alert.id}?days=1`)).body.days[0].median;
  expect(await median()).toBe(1);
  await fill({}, [joined('v0'), joined('v1')]);
  expect(await median()).toBe(2);
});

test('an alert keeps the last hundred that were sent', async () => {
  await fill({ ...USUAL, 49: 9 });
  const { body: alert } = await watch();
  const sent = Array.from({ length: 100 }, (_, i) => ({ day: `old ${i}` }));
  await api.context.settings.set('alerts', [{ ...alert, sent }]);
  await api.context.alerts.tick();
  const kept = (await api.call('GET', '/api/alerts')).body[0].sent;
  expect([kept.length, kept[0].day, kept.at(-1).day]).toEqual([100, 'old 1', '2026-10-20']);
});

test('two looks at the same time send once', async () => {
  await fill({ ...USUAL, 49: 9 });
  const { body: alert } = await watch();
  const { alerts } = api.context;
  await Promise.all([alerts.tick(), alerts.check(alert.id), alerts.tick()]);
  expect(robot.calls).toHaveLength(1);
});

test('costs that are typed in later change the band of days that were looked at', async () => {
  await fill({});
  const post = (amount) =>
    api.call('POST', '/api/costs', {
      csv: `day,channel_group,campaign,amount\n${[7, 14, 21, 28, 35, 42, 49]
        .map((day) => `${new Date(at(day) + 12 * 3_600_000).toISOString().slice(0, 10)},ad,,${amount}`)
        .join('\n')}`,
    });
  expect((await post(100)).status).toBe(200);
  const { body: alert } = await watch({ analysis: 'channels', column: 'cost', params: { filters: [] } });
  const days = async () => (await api.call('GET', `/api/alerts/${alert.id}?days=1`)).body.days;
  expect(await days()).toMatchObject([{ value: 100, median: 100 }]);
  await post(200);
  expect(await days()).toMatchObject([{ value: 200, median: 200 }]);
});

test('says nothing of a usual day, nor where too few days are known', async () => {
  await fill({ ...USUAL, 49: 21 });
  const { body: usual } = await watch();
  expect((await api.call('POST', `/api/alerts/${usual.id}/check`)).body.state).toBe('usual');
  const { body: few } = await watch({ analysis: 'overview', column: 'average_order', params: {} });
  expect((await api.call('POST', `/api/alerts/${few.id}/check`)).body).toMatchObject({ state: 'unknown', low: null });
  expect(robot.calls).toEqual([]);
});

test('days before the first event of the shop are no zeros', async () => {
  await api.shop.fill([35, 42, 49].map((day) => ({ v: 'v', t: at(day), name: 'search' })));
  const { body: alert } = await watch();
  expect((await api.call('POST', `/api/alerts/${alert.id}/check`)).body).toMatchObject({ value: 1, state: 'unknown' });
});

test.each([
  [{ status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' }, /93000/],
  [{ status: 500, body: 'down' }, /status 500: down/],
])('a robot that answers %j is not asked twice, and its answer is kept', async (answer, error) => {
  robot.answers = [answer];
  await fill({ ...USUAL, 49: 9 });
  await watch();
  await api.context.alerts.tick();
  await api.context.alerts.tick();
  expect(robot.calls).toHaveLength(1);
  expect((await api.call('GET', '/api/alerts')).body[0].sent[0].error).toMatch(error);
});

test('the mark is set before the message is sent', async () => {
  let marked;
  robot.answers = [
    () => {
      marked = openSettings(join(api.dataFolder, 'settings.json')).get('alerts')[0].sent.length;
      return { status: 200 };
    },
  ];
  await fill({ ...USUAL, 49: 9 });
  await watch();
  await api.context.alerts.tick();
  expect(marked).toBe(1);
});

test('a text has 2048 bytes at most and no half character', () => {
  const judged = { day: '2026-10-20', value: 1 / 3, low: 15, high: 25, median: 20, state: 'low' };
  for (const title of ['茶'.repeat(1000), `a${'茶'.repeat(1000)}`, `aa${'茶'.repeat(1000)}`, '😀'.repeat(1000)]) {
    const { content } = robotText({ title, lang: 'zh', weeks: 8 }, judged).text;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(content)).toBeGreaterThan(2040);
    expect(content.isWellFormed?.() ?? true).toBe(true);
    expect(content).toMatch(/^[^\ufffd]*…$/);
  }
  expect(robotText({ title: 't', lang: 'en', weeks: 8 }, judged).text.content).toContain(': 0.3333, below');
});

test.each([
  [{ title: '' }, 'title'],
  [{ analysis: 'none' }, 'analysis'],
  [{ column: 'none' }, 'column'],
  [{ column: 'value' }, 'column'],
  [{ params: { from: '2026-01-01' } }, 'from'],
  [{ params: { interval: 'year' } }, 'interval'],
  [{ params: { by: 'properties.query', interval: 'hour' } }, 'params'],
  [{ webhook: 'ftp://x' }, 'webhook'],
  [{ weeks: 3 }, 'weeks'],
  [{ k: 0 }, 'k'],
  [{ lang: 'fr' }, 'lang'],
])('an alert with %j is refused', async (more, field) => {
  await fill({}, [{ v: 'w', t: at(49, 9 * 3_600_000), name: 'search', props: { query: 'cup' } }]);
  const { status, body } = await watch(more);
  expect([status, body.field]).toEqual([400, field]);
  expect((await api.call('GET', '/api/alerts')).body).toEqual([]);
});

test('is changed and removed; one that is not there is not found', async () => {
  await fill({});
  const { body: alert } = await watch();
  expect((await api.call('PATCH', `/api/alerts/${alert.id}`, { k: 3 })).body).toEqual({ ...alert, k: 3 });
  await api.call('DELETE', `/api/alerts/${alert.id}`);
  for (const [method, end] of [
    ['PATCH', ''],
    ['DELETE', ''],
    ['GET', ''],
    ['POST', '/check'],
  ])
    expect((await api.call(method, `/api/alerts/${alert.id}${end}`, method === 'PATCH' ? {} : undefined)).status).toBe(404);
});
