import { afterAll, beforeAll, expect, it } from 'vitest';
import { cellOf } from '../../page/src/cells.js';
import { fillWithHistory } from '../analyses/helpers/createShopHistory.js';
import { createTestApi } from '../analyses/helpers/testApi.js';

let api;
let catalog;
beforeAll(async () => {
  api = await createTestApi();
  await fillWithHistory(api.shop);
  catalog = (await api.call('GET', '/api/analyses')).body;
});
afterAll(() => api.close());

const LINKED = {
  overview: ['active_people', 'new_people', 'dormant_people', 'buyers', 'repeat_buyers'],
  trend: ['people'],
  stickiness: ['dau'],
  channels: ['new_people', 'visitors', 'buyers'],
  products: ['viewed', 'carted', 'bought'],
  coupons: ['claimed', 'used'],
  priceBands: ['viewed', 'bought'],
  rfm: ['people'],
  shareK: ['new_people'],
};

it.each(Object.keys(LINKED))('a number of %s leads to as many people', async (id) => {
  const analysis = catalog.analyses.find((each) => each.id === id);
  const { body } = await api.call('GET', `/api/analyses/${id}`);
  for (const column of LINKED[id])
    for (const row of body.rows.slice(0, 3)) {
      const cell = encodeURIComponent(JSON.stringify(cellOf(analysis, column, row)));
      const { status, body: members } = await api.call('GET', `/api/analyses/${id}/people?cell=${cell}`);
      expect([column, status, members.total]).toEqual([column, 200, row[column]]);
    }
  expect(cellOf(analysis, 'revenue', { revenue: 5 })).toBeUndefined();
});
