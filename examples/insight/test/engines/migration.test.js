import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ANALYSES } from '../../src/analyses/index.js';
import { runAnalysis } from '../../src/analyses/run.js';
import { statementsOf } from '../../src/store/schemaSql.js';
import { createEvents, createItems, createShares } from '../analyses/helpers/createEvents.js';
import { createShopHistory } from '../analyses/helpers/createShopHistory.js';
import { createTestStore } from '../analyses/helpers/testStore.js';
import { openChdb } from './openChdb.js';
import { round } from './round.js';

const RANGE = { from: '2026-09-03', to: '2026-10-05' };
const ENV = { today: '2026-10-20' };
const BATCH = '00000000-0000-4000-8000-000000000001';
const WORDS = { scene: '1047', utm_medium: 'print', utm_content: 'poster 3', qr_scene: 'door' };

/** An event as it was stored first: what is a column now was in its maps only, and every event had the batch and the clock. */
const asBefore = ({ in_session: _, resumed: __, ...row }) => ({
  ...row,
  ts: row.t,
  sent_at: row.t,
  batch_id: BATCH,
  source: WORDS,
  first_source: WORDS,
});

let duck;
let click;
before(async () => {
  duck = await createTestStore();
  click = openChdb({ before: statementsOf(readFileSync(new URL('before/clickhouse.sql', import.meta.url), 'utf8')) });
  const { events, persons, costs, drops, arrivals } = createShopHistory({ seed: 5, visitors: 60 });
  await duck.fill(events, { persons, costs, drops, arrivals });
  const of = { source_utm_content: 'poster 3', first_utm_medium: 'print', first_utm_content: 'poster 3', first_qr: 'door' };
  const columns = Object.entries(of).map(([column, value]) => `${column} = '${value}'`);
  for (const table of ['events', 'visit_days']) await duck.store.run(`UPDATE ${table} SET ${columns.join(', ')}`);
  const rows = createEvents(events);
  const tables = {
    events: rows.map(asBefore),
    items: createItems(events, rows),
    shares: createShares(rows),
    persons: Object.entries(persons).map(([anonymous_id, person]) => ({ anonymous_id, person })),
    costs,
    drops,
    arrivals: arrivals.map((row) => ({ ...row, batch_id: BATCH })),
  };
  for (const [table, list] of Object.entries(tables)) await click.insert(table, list);
  click.createSchema();
});
after(async () => {
  await duck.close();
  click.close();
});

const NUMBERS = ['visitor_no', 'session_no'].map((column) => `CAST(${column} AS VARCHAR) AS ${column}`).join(', ');
const KEPT = `SELECT CAST(id AS VARCHAR) AS id, ${NUMBERS}, CAST(in_session AS INTEGER) AS in_session, CAST(resumed AS INTEGER) AS resumed,
  source_utm_content, first_utm_medium, first_utm_content, first_qr FROM events ORDER BY 1`;

test('tables of the first schema get what was added since, from their rows', async () => {
  const rows = await click.query(KEPT);
  assert.ok(rows.length > 1000);
  assert.deepEqual(rows, await duck.store.query(KEPT));
  const [row] = await click.query('SELECT * FROM events LIMIT 1');
  for (const gone of ['ts', 'sent_at', 'batch_id', 'version']) assert.ok(!(gone in row), gone);
});

test('and may be opened any number of times', () => click.createSchema());

for (const { id } of ANALYSES) {
  test(`${id} gives the same on them as on tables of today`, async () => {
    const by = id === 'channels' ? { by: 'code' } : {};
    const [one, two] = [duck.store, click].map((store) =>
      runAnalysis(
        store,
        ANALYSES.find((each) => each.id === id),
        { ...RANGE, ...by },
        ENV,
      ),
    );
    const [{ raw, more }, told] = [await one, await two];
    assert.deepEqual(round({ raw: told.raw, more: told.more }), round({ raw, more }));
  });
}
