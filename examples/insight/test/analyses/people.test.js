import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANALYSES } from '../../src/analyses/index.js';
import { fillWithHistory } from './helpers/createShopHistory.js';
import { expectPeople } from './helpers/expectPeople.js';
import { createTestStore } from './helpers/testStore.js';

const GIVEN = { from: '2026-09-03', to: '2026-09-30' };
/** Parameters with which an analysis has something to say of the history. */
const PARAMETERS = {
  heat: { page: 'pages/product/index' },
  experiment: { experiment: 'coupon' },
  recall: { leavingDays: '5' },
  trend: { by: 'properties.path', step: '{"event":"page_view"}', top: '2' },
  paths: { top: '2' },
  funnel: { by: 'platform', windowMs: String(3 * 86_400_000) },
  priceBands: { bands: '3' },
  boughtTogether: { orders: '1' },
  slowSellers: { pieces: '1000' },
};

let shop;
beforeAll(async () => {
  shop = await fillWithHistory(await createTestStore());
});
afterAll(() => shop.close());

describe.each(['persons', 'visitors'])('the people behind the numbers, in %s', (unit) => {
  test.each(ANALYSES.filter(({ id }) => id !== 'requests' && id !== 'planFacts').map(({ id }) => id))('%s', async (id) => {
    const given = { ...GIVEN, unit, ...PARAMETERS[id] };
    const answer = await shop.run(id, given);
    if (id !== 'identities') expect(answer.raw.length).toBeGreaterThan(0);
    await expectPeople(shop, id, given, answer);
  });
});

test.each(['{', 'null', '[1]', '5'])('refuses a cell that is no object, instead of telling of everyone: %s', async (cell) => {
  await expect(shop.people('overview', GIVEN, cell)).rejects.toMatchObject({ parameter: 'cell', code: 'bad_parameter' });
});
