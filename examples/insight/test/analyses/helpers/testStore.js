import { analysisOf } from '../../../src/analyses/index.js';
import { runAnalysis, runPeople } from '../../../src/analyses/run.js';
import { ALL_ORDERS } from '../../../src/loader/orderRows.js';
import { ALL_VISITS } from '../../../src/loader/visitRows.js';
import { schemaStatements } from '../../../src/store/schemaSql.js';
import { openStore } from '../../../src/store/store.js';
import { createEvents, createItems, createShares } from './createEvents.js';

const TABLES = ['events', 'items', 'shares', 'persons', 'costs', 'drops', 'arrivals', 'links'];
const types = new Map();

/** The columns of a table as DuckDB's JSON reader takes them. */
const structure = async (store, table) => {
  if (!types.has(table)) {
    const columns = await store.query(
      'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = $table ORDER BY ordinal_position',
      { table },
    );
    types.set(table, columns);
  }
  return types.get(table);
};

/** The numbers of names, which the loader writes with them. */
const NUMBERS = schemaStatements('duckdb').filter((statement) => /^UPDATE \w+ SET visitor_no/m.test(statement));

export const insertRows = async (store, table, rows) => {
  if (!rows.length) return;
  const columns = await structure(store, table);
  const names = columns.map(({ name }) => name);
  const shape = JSON.stringify([Object.fromEntries(columns.map(({ name, type }) => [name, type]))]);
  await store.run(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => `r.${name}`).join(', ')} FROM (SELECT unnest(from_json($rows, '${shape}')) AS r) AS unpacked`,
    { rows: JSON.stringify(rows) },
  );
};

/** A store in memory that tests fill with events as they are after the loader. */
export const createTestStore = async () => {
  const store = await openStore({ url: ':memory:' });
  return {
    store,
    /** Replaces everything. `persons` maps an installation to a person. */
    fill: async (descriptions, { persons = {}, costs = [], drops = [], arrivals = [] } = {}) => {
      await store.run(TABLES.map((table) => `DELETE FROM ${table}`).join('; '));
      const rows = createEvents(descriptions);
      await insertRows(store, 'events', rows);
      await insertRows(store, 'items', createItems(descriptions, rows));
      await insertRows(store, 'shares', createShares(rows));
      await insertRows(
        store,
        'persons',
        Object.entries(persons).map(([anonymous_id, person]) => ({ anonymous_id, person })),
      );
      for (const statement of [...NUMBERS, ...ALL_ORDERS, ...ALL_VISITS]) await store.run(statement);
      await insertRows(store, 'costs', costs);
      await insertRows(store, 'drops', drops);
      await insertRows(store, 'arrivals', arrivals);
      return rows;
    },
    run: (id, given, { today = '2026-12-31', segments } = {}) => runAnalysis(store, analysisOf(id), given, { today, segments }),
    people: (id, given, cell, { today = '2026-12-31', segments } = {}) =>
      runPeople(store, analysisOf(id), given, cell, { today, segments }, { limit: 100_000 }),
    close: () => store.close(),
  };
};
