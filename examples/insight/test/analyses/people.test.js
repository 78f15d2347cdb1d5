import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANALYSES } from '../../src/analyses/index.js';
import { readCommon } from '../../src/analyses/parameters.js';
import { duckdb } from '../../src/dialect/duckdb.js';
import { createStatement } from '../../src/dialect/statement.js';
import { fillWithHistory } from './helpers/createShopHistory.js';
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

/** The cells of an answer: what a user can tap on. */
const cellsOf = (built, rows) =>
  built.cells
    ? built.cells(rows)
    : rows.map((row) =>
        Object.fromEntries(
          Object.keys(built.people.keys)
            .filter((key) => row[key] !== undefined)
            .map((key) => [key, row[key]]),
        ),
      );

let shop;
beforeAll(async () => {
  shop = await fillWithHistory(await createTestStore());
});
afterAll(() => shop.close());

describe.each(['persons', 'visitors'])('the people behind the numbers, in %s', (unit) => {
  test.each(ANALYSES.filter(({ id }) => id !== 'requests' && id !== 'planFacts').map(({ id }) => id))('%s', async (id) => {
    const analysis = ANALYSES.find((each) => each.id === id);
    const given = { ...GIVEN, unit, ...PARAMETERS[id] };
    const { raw, parameters } = await shop.run(id, given);
    if (id !== 'identities') expect(raw.length).toBeGreaterThan(0);
    const built = analysis.build(createStatement(duckdb), { ...readCommon(given, '2026-12-31'), segments: [] }, parameters);
    const cells = cellsOf(built, raw);
    const rowOf = (i) => raw[Math.floor((i * raw.length) / cells.length)];
    const some = Math.max(1, Math.floor(cells.length / 8));
    for (const [i, cell] of [...cells.entries()].filter(([i]) => i % some === 0)) {
      const { total } = await shop.people(id, given, cell);
      const number = typeof built.number === 'function' ? built.number(rowOf(i), cell) : rowOf(i)[built.number];
      expect({ cell, total }).toEqual({ cell, total: number });
    }
  });
});

test.each(['{', 'null', '[1]', '5'])('refuses a cell that is no object, instead of telling of everyone: %s', async (cell) => {
  await expect(shop.people('overview', GIVEN, cell)).rejects.toMatchObject({ parameter: 'cell', code: 'bad_parameter' });
});
