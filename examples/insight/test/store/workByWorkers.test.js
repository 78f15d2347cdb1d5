import { describe, expect, it } from 'vitest';
import { loadLines } from '../../src/loader/loadLines.js';
import { openStore } from '../../src/store/store.js';
import { workByWorkers } from '../../src/store/workByWorkers.js';
import { makeBatch, makeEvent, makeLine } from '../helpers/makeBatch.js';

const settings = (threads, waiting) => ({ getRowsJS: () => [[BigInt(threads), BigInt(waiting)]] });

describe('workByWorkers', () => {
  it.each([1, 2, 4])('loads with %i threads of DuckDB', async (threads) => {
    const store = await openStore({ url: ':memory:', threads });
    const lines = [makeLine(makeBatch({ events: [makeEvent(), makeEvent({ seq: 1 })] }))];
    expect(await loadLines(store, lines)).toEqual({ events: 2, repeats: 0, unreadable: 0 });
    await store.close();
  });

  it('leaves a connection as it is where no thread but the waiting one works', async () => {
    const connection = { runAndReadAll: async () => settings(1, 1) };
    expect(await workByWorkers(/** @type {any} */ (connection))).toBe(connection);
  });

  it('rejects with what was wrong, in a statement and while it runs, and goes on', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await workByWorkers(await instance.connect());
    await expect(connection.run('SELECT nothing')).rejects.toThrow(/nothing/);
    await expect(
      connection.run(
        "CREATE TABLE t AS SELECT CAST(CASE WHEN range = 90000 THEN 'x' ELSE '1' END AS INTEGER) AS n FROM range(100000)",
      ),
    ).rejects.toThrow(/^Conversion Error/);
    await connection.run('CREATE TABLE t AS SELECT 1 AS n');
    expect((await connection.runAndReadAll('SELECT n FROM t')).getRowsJS()).toEqual([[1]]);
    connection.disconnectSync();
    instance.closeSync();
  });
});
