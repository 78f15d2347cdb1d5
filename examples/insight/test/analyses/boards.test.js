import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSettings } from '../../src/api/settings.js';
import { createTestApi } from './helpers/testApi.js';

let api;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const save = (title, more = {}) => api.call('POST', '/api/boards', { title, analysis: 'trend', params: {}, ...more });

test('saves questions, renames, changes, reorders and removes them, and keeps them across a start', async () => {
  const { body: orders } = await save('Orders', { params: { step: { event: 'order_paid' } } });
  const { body: views } = await save('Views');
  const list = async () => (await api.call('GET', '/api/boards')).body.map(({ title }) => title);
  expect(await list()).toEqual(['Orders', 'Views']);
  const renamed = await api.call('PATCH', `/api/boards/${orders.id}`, { title: 'Sales' });
  expect(renamed.body).toEqual({ ...orders, title: 'Sales' });
  const changed = await api.call('PATCH', `/api/boards/${views.id}`, { analysis: 'overview', id: 'other' });
  expect(changed.body).toEqual({ ...views, analysis: 'overview' });
  await api.call('PUT', '/api/boards/order', { ids: [views.id, orders.id] });
  expect(await list()).toEqual(['Views', 'Sales']);
  expect(openSettings(join(api.dataFolder, 'settings.json')).get('boards')).toEqual([changed.body, renamed.body]);
  await api.call('DELETE', `/api/boards/${views.id}`);
  expect(await list()).toEqual(['Sales']);
  expect((await api.call('DELETE', `/api/boards/${views.id}`)).status).toBe(404);
});

test.each([
  [{ title: '' }, 'title'],
  [{ title: 'x'.repeat(201) }, 'title'],
  [{ analysis: 'none' }, 'analysis'],
  [{ params: [] }, 'params'],
  [{ params: { interval: 'year' } }, 'interval'],
  [{ params: { segment: 'gone' } }, 'segment'],
])('a question with %j is not saved', async (more, field) => {
  const before = (await api.call('GET', '/api/boards')).body;
  const { status, body } = await save('Orders', more);
  expect({ status, field: body.field }).toEqual({ status: 400, field });
  expect((await api.call('GET', '/api/boards')).body).toEqual(before);
});

test('a change that would not run leaves the question as it was; an order names each question once', async () => {
  const { body: one } = await save('One');
  const bad = await api.call('PATCH', `/api/boards/${one.id}`, { params: { interval: 'year' } });
  expect([bad.status, bad.body.field]).toEqual([400, 'interval']);
  const before = (await api.call('GET', '/api/boards')).body;
  expect(before.find(({ id }) => id === one.id)).toEqual(one);
  const { body: two } = await save('Two');
  const all = (await api.call('GET', '/api/boards')).body.map(({ id }) => id);
  for (const ids of [
    'x',
    [],
    all.slice(1),
    [...all.slice(1), two.id],
    [...all.slice(1), 'none'],
    [...all, 'none'],
    [...all, two.id],
  ]) {
    const { status, body } = await api.call('PUT', '/api/boards/order', { ids });
    expect([status, body.field], JSON.stringify(ids)).toEqual([400, 'ids']);
  }
  expect((await api.call('GET', '/api/boards')).body.map(({ id }) => id)).toEqual(all);
  expect((await api.call('PATCH', '/api/boards/none', { title: 'x' })).status).toBe(404);
});
