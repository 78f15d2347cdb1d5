import { COMMON, withCtes } from '../../src/analyses/common.js';
import { createStatement } from '../../src/dialect/statement.js';
import { duckdb } from '../../src/dialect/duckdb.js';
import { decided, FIRST, LAST, store } from './population.js';

const valueOf = (given, params) => Object.fromEntries(Object.entries(params).map(([name, { default: value }]) => [name, given[name] === undefined ? value : given[name]]));

/** Runs an analysis over the 90 days, or `from` to `to` by number. */
export const ask = async (id, { from = FIRST, to = LAST, unit = COMMON.unit.default, ...given } = {}) => {
  const { [id]: analysis } = await import(`../../src/analyses/${id}.js`);
  const c = { from: decided.date(from), to: decided.date(to), unit, filters: [], segments: [], excluded: false, today: decided.date(LAST + 1) };
  const p = valueOf(given, analysis.params);
  const s = createStatement(duckdb);
  const { ctes, select, recursive, more = {} } = analysis.build(s, c, p);
  const rows = await store.query(withCtes(ctes, select, recursive), s.values);
  const extra = {};
  for (const [name, sql] of Object.entries(more)) extra[name] = (await store.query(withCtes(ctes, sql, recursive), s.values))[0];
  return Object.assign(analysis.shape ? analysis.shape(rows, { c, p }) : rows, { extra });
};
