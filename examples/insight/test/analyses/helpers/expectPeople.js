import { expect } from 'vitest';
import { analysisOf } from '../../../src/analyses/index.js';
import { readCommon } from '../../../src/analyses/parameters.js';
import { duckdb } from '../../../src/dialect/duckdb.js';
import { createStatement } from '../../../src/dialect/statement.js';

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

/** Behind each number of an answer stand as many people as it says; of many cells it looks at about `most`. */
export const expectPeople = async (shop, id, given, { raw, parameters }, { most = 8, today = '2026-12-31' } = {}) => {
  const common = { ...readCommon(given, today), segments: [] };
  const built = analysisOf(id).build(createStatement(duckdb), common, parameters);
  const cells = cellsOf(built, raw);
  const rowOf = (i) => raw[Math.floor((i * raw.length) / cells.length)];
  const some = Math.max(1, Math.floor(cells.length / most));
  for (const [i, cell] of [...cells.entries()].filter(([at]) => at % some === 0)) {
    const { total } = await shop.people(id, given, cell, { today });
    const number = typeof built.number === 'function' ? built.number(rowOf(i), cell) : rowOf(i)[built.number];
    expect({ ...given, cell, total }).toEqual({ ...given, cell, total: number });
  }
};
