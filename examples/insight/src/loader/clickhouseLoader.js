import { DuckDBInstance } from '@duckdb/node-api';
import { createPersons } from '../persons/createPersons.js';
import { plainValue } from '../store/plainValue.js';
import { workByWorkers } from '../store/workByWorkers.js';
import { flattenLines, loadReadable } from './duckdbLoader.js';
import { freshSteps, ROWS } from './flatten.js';

/** Written by another collector this long before its rows could be read. */
const LINKS_OVERLAP_MS = 60_000;

/** ClickHouse counts the numbers itself; as JSON says a number they would not come whole. Those of rows are ours alone. */
const withoutNumbers = (/** @type {string} */ sql) =>
  `SELECT COLUMNS(c -> NOT ends_with(c, '_no') AND c <> 'row') FROM (${sql})`;

const rowsOf = async (connection, sql) => {
  const reader = await connection.runAndReadAll(sql);
  const names = reader.deduplicatedColumnNames();
  return reader.getRowsJS().map((row) => Object.fromEntries(row.map((value, column) => [names[column], plainValue(value)])));
};

/** A map of ClickHouse holds no NULL; nothing and no key are the same in every report. */
const withoutNulls = (map) => Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));

const eventOf = (row) => ({
  ...row,
  source: withoutNulls(row.source),
  first_source: withoutNulls(row.first_source),
  properties: withoutNulls(row.properties),
});

const fillTable = async (connection, table, columns, rows) => {
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns})`);
  if (rows.length === 0) return;
  await connection.run(
    `INSERT INTO ${table} SELECT unnest(from_json($rows, '[${JSON.stringify(
      Object.fromEntries(columns.split(', ').map((column) => column.split(' '))),
    )}]'), recursive := true)`,
    { rows: JSON.stringify(rows) },
  );
};

/**
 * Brings lines of the journal into ClickHouse. They are taken apart by the same SQL as for DuckDB, in memory, so that
 * both engines get the same rows.
 *
 * There is no transaction around it: events are written last and the place in the journal after them. A piece that a
 * kill interrupts is loaded again; rows that are there already are replaced by themselves.
 */
export const createClickhouseLoader = async ({ client, settings, query, run, insert, lock, timeZone, collector, cluster }) => {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', enable_external_access: 'false' });
  const memory = await workByWorkers(await instance.connect());
  await memory.run('CREATE TABLE launches (anonymous_id VARCHAR, boot INTEGER, skew BIGINT, received_day DATE)');
  const target = (/** @type {string} */ table) => (cluster ? `${table}_local ON CLUSTER ${cluster}` : `${table}_rows`);

  const persons = createPersons();
  let linksUpTo = 0;
  /** What other collectors wrote counts as well. */
  const readLinks = async () => {
    const links = await query('SELECT anonymous_id, kind, id, version FROM links_rows WHERE version >= {from:UInt64}', {
      from: Math.max(0, linksUpTo - LINKS_OVERLAP_MS),
    });
    for (const { anonymous_id: anonymousId, kind, id, version } of links) {
      persons.join(anonymousId, kind, id);
      linksUpTo = Math.max(linksUpTo, version);
    }
  };

  /** What is known of the launches and ids in the temporary tables. */
  const readKnown = async () => {
    const ids = await rowsOf(memory, 'SELECT DISTINCT id FROM flat');
    const visitors = await rowsOf(memory, 'SELECT DISTINCT anonymous_id FROM contexts');
    const [{ day }] = await rowsOf(memory, 'SELECT CAST(min(received_day) - 8 AS VARCHAR) AS day FROM batches');
    const launches = await query(
      'SELECT anonymous_id, boot, skew FROM launches WHERE anonymous_id IN {visitors:Array(String)}',
      {
        visitors: visitors.map(({ anonymous_id: id }) => id),
      },
    );
    const known = await query('SELECT id FROM events_rows WHERE received_day >= {day:Date} AND id IN {ids:Array(UUID)}', {
      day,
      ids: ids.map(({ id }) => id),
    });
    await fillTable(memory, 'known_launches', 'anonymous_id VARCHAR, boot INTEGER, skew BIGINT', launches);
    await memory.run('DELETE FROM launches');
    await memory.run('INSERT INTO launches SELECT anonymous_id, boot, skew, NULL FROM known_launches');
    await fillTable(memory, 'known_ids', 'id UUID', known);
  };

  /** Events whose clock is known better now are written again, with the time that they have. */
  const correct = async () => {
    for (const { anonymous_id: visitor, boot, shift } of await rowsOf(
      memory,
      'SELECT anonymous_id, boot, shift FROM corrected',
    )) {
      const params = { visitor, boot, shift, zone: timeZone };
      const moved = '(t + {shift:Int64})';
      const local = `toTimeZone(fromUnixTimestamp64Milli(${moved}), {zone:String})`;
      const theirs = 'anonymous_id = {visitor:String} AND boot = {boot:Int32}';
      const version = 'toUnixTimestamp64Milli(now64(3)) AS version';
      const ids = `(SELECT id FROM events_rows WHERE ${theirs})`;
      await run(
        `INSERT INTO items_rows SELECT * REPLACE (${moved} AS t, toDate(${local}) AS day, ${version}) FROM items_rows FINAL
        WHERE anonymous_id = {visitor:String} AND event_id IN ${ids}`,
        params,
      );
      await run(
        `INSERT INTO shares_rows SELECT * REPLACE (${moved} AS t, ${version}) FROM shares_rows FINAL
        WHERE anonymous_id = {visitor:String} AND event_id IN ${ids}`,
        params,
      );
      await run(
        `INSERT INTO events_rows SELECT * REPLACE (${moved} AS t, toDate(${local}) AS day, toHour(${local}) AS hour, ${version})
        FROM events_rows FINAL WHERE ${theirs}`,
        params,
      );
    }
  };

  const joinPersons = async () => {
    const links = await rowsOf(memory, ROWS.links);
    if (links.length === 0) return;
    await readLinks();
    persons.takeChanged();
    for (const { anonymous_id: anonymousId, kind, id } of links) persons.join(anonymousId, kind, id);
    const changed = persons.takeChanged();
    if (changed.length === 0) return;
    await insert('links', links);
    await insert(
      'persons',
      changed.map(([anonymous_id, person]) => ({ anonymous_id, person })),
    );
  };

  const newShares = async () => {
    const shares = await rowsOf(memory, withoutNumbers(ROWS.shares));
    const known = await query('SELECT share_id FROM shares_rows WHERE share_id IN {ids:Array(String)}', {
      ids: shares.map(({ share_id: id }) => id),
    });
    const ids = new Set(known.map(({ share_id: id }) => id));
    return shares.filter(({ share_id: id }) => !ids.has(id));
  };

  const load = async (lines, position) => {
    await flattenLines(memory, timeZone, lines);
    const [{ events: arrived }] = await rowsOf(memory, 'SELECT count(*) AS events FROM flat');
    let events = 0;
    if (arrived > 0) {
      await readKnown();
      for (const step of freshSteps(timeZone, 'SELECT id FROM known_ids')) await memory.run(step);
      await correct();
      await insert(
        'launches',
        await rowsOf(memory, 'SELECT anonymous_id, boot, skew, received_day FROM clocks WHERE skew IS DISTINCT FROM old_skew'),
      );
      await insert('items', await rowsOf(memory, withoutNumbers(ROWS.items)));
      await insert('shares', await newShares());
      await insert('drops', await rowsOf(memory, ROWS.drops));
      await joinPersons();
      await insert(
        'arrivals',
        (await rowsOf(memory, ROWS.arrivals)).map((row) => ({ ...row, collector })),
      );
      const rows = (await rowsOf(memory, withoutNumbers(ROWS.events))).map(eventOf);
      await insert('events', rows);
      events = rows.length;
    }
    if (position) {
      await client.insert({
        table: 'journal_offset',
        values: [{ collector, file: position.file, off: position.offset }],
        format: 'JSONEachRow',
        clickhouse_settings: settings,
      });
    }
    return { events, repeats: arrived - events };
  };

  return {
    load: (lines, position) => lock(() => loadReadable(lines, (each) => load(each, position))),
    async position() {
      const [row] = await query('SELECT file, off FROM journal_offset FINAL WHERE collector = {collector:String}', {
        collector,
      });
      return row && { file: row.file, offset: row.off };
    },
    erase: ({ anonymousIds }) =>
      lock(async () => {
        for (const table of ['events', 'items', 'shares', 'launches', 'links', 'persons', 'drops']) {
          const name =
            cluster && ['shares', 'links', 'persons'].includes(table) ? `${table}_rows ON CLUSTER ${cluster}` : target(table);
          await run(`ALTER TABLE ${name} DELETE WHERE anonymous_id IN {ids:Array(String)} SETTINGS mutations_sync = 2`, {
            ids: anonymousIds,
          });
        }
      }),
    person: (id) =>
      lock(async () => {
        await readLinks();
        return persons.of(id);
      }),
    close() {
      memory.disconnectSync();
      instance.closeSync();
    },
  };
};
