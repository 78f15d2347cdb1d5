import { clickhouse } from '../dialect/clickhouse.js';
import { duckdb } from '../dialect/duckdb.js';
import { createStatement } from '../dialect/statement.js';
import { withCtes } from './common.js';
import { addDays, daysBetween } from './days.js';
import { analysisOf } from './index.js';
import { ParameterError } from './parameterError.js';
import { readCell, readCommon, readParameters } from './parameters.js';

const DIALECTS = { duckdb, clickhouse };
const GROWING_DAYS = 7;

/**
 * A saved segment as a query for its members, whom the report counts: by rules, or the people behind a number that was
 * saved. It looks at the report's range unless it brings its own.
 */
const segmentQuery = (saved, depth) => (s, c) => {
  const analysis = analysisOf(saved.analysis);
  if (!analysis) throw new ParameterError('segment', 'its analysis is gone');
  const own = readCommon({ from: c.from, to: c.to, ...saved.common, unit: c.unit }, c.today);
  const inner = {
    ...own,
    named: true,
    segments: saved.common?.segment ? segmentsOf(own, c.saved, depth + 1) : [],
    saved: c.saved,
  };
  const p = readParameters(analysis, saved.params);
  const { ctes, people } = analysis.build(createStatement(s.dialect), inner, p);
  const text = peopleSql(s, analysis, inner, p, readCell(people.keys, saved.cell));
  const scope = s.scope();
  // Names within quotes are values.
  return ctes.reduce((sql, [name]) => sql.replace(new RegExp(`(?<!['\\w.])${name}(?!['\\w])`, 'g'), `${scope}${name}`), text);
};

const segmentsOf = (c, saved, depth = 0) => {
  if (!c.segment) return [];
  const found = saved?.get(c.segment);
  if (!found || depth > 3) throw new ParameterError('segment', found ? 'segments of segments, too deep' : 'no such segment');
  return [segmentQuery(found, depth)];
};

const peopleSql = (s, analysis, c, p, cell) => {
  const { ctes, recursive, people } = analysis.build(s, c, p);
  const where = Object.entries(cell).map(([name, value]) => people.keys[name].where(s.value(value, people.keys[name].type)));
  return withCtes(
    ctes,
    `SELECT DISTINCT v FROM ${people.from}${where.length ? ` WHERE ${where.join(' AND ')}` : ''}`,
    recursive,
  );
};

/** Everything a run needs, checked: throws a ParameterError. `env` has `today` and the saved segments. */
const prepare = (analysis, given, { today, segments }) => {
  const common = readCommon(given, today);
  return { c: { ...common, segments: segmentsOf(common, segments), saved: segments }, p: readParameters(analysis, given) };
};

/** The SQL of an analysis and its values, for an engine. */
export const analysisSql = (engine, analysis, given, env) => {
  const { c, p } = prepare(analysis, given, env);
  const s = createStatement(DIALECTS[engine]);
  const { ctes, select, more = {}, recursive, people, number } = analysis.build(s, c, p);
  const sql = withCtes(ctes, select, recursive);
  const others = Object.entries(more).map(([name, text]) => [name, withCtes(ctes, text, recursive)]);
  return { sql, more: Object.fromEntries(others), values: s.values, c, p, keys: people && people.keys, number };
};

const queryAll = async (store, analysis, given, env) => {
  const { sql, more, values, c, p } = analysisSql(store.engine, analysis, given, env);
  const rows = await store.query(sql, used(sql, values), env.query);
  const extra = {};
  for (const [name, text] of Object.entries(more)) extra[name] = await store.query(text, used(text, values), env.query);
  return { sql, c, p, rows, more: extra, result: analysis.shape ? analysis.shape(rows, { c, p, more: extra }) : rows };
};

/** Only the values that a text names: an engine refuses one that it has no place for. */
export const used = (sql, values) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`[${'$'}{]${name}\\b`).test(sql)));

const moved = (c, compare) => {
  const days = compare === 'last_week' ? 7 : daysBetween(c.from, c.to) + 1;
  return { from: addDays(c.from, -days), to: addDays(c.to, -days) };
};

/**
 * Runs an analysis on a store. The answer has its rows, the range they are of, the day from which on they may still grow
 * (events arrive up to 7 days late), a note in both languages where what was asked leaves something out, and on request the
 * same of an earlier range.
 */
export const runAnalysis = async (store, analysis, given, env) => {
  const { sql, c, p, rows, more, result } = await queryAll(store, analysis, given, env);
  const note = analysis.note?.(c, p);
  const answer = {
    analysis: analysis.id,
    range: { from: c.from, to: c.to, unit: c.unit, excluded: c.excluded },
    growing_from: addDays(c.today, -GROWING_DAYS) <= c.to ? addDays(c.today, -GROWING_DAYS) : null,
    parameters: p,
    ...(note ? { note } : {}),
    rows: result,
    ...(Object.keys(more).length ? { more } : {}),
    raw: rows,
    sql,
  };
  if (c.compare === 'none') return answer;
  const range = moved(c, c.compare);
  const earlier = await queryAll(store, analysis, { ...given, ...range }, env);
  return { ...answer, compared: { with: c.compare, range, rows: earlier.result, more: earlier.more } };
};

/** The people behind a number: the same CTEs, the cell's keys as conditions. */
export const runPeople = async (store, analysis, given, cell, env, { limit = 1000, offset = 0 } = {}) => {
  const { c: counting, p } = prepare(analysis, given, env);
  const c = { ...counting, named: true };
  const s = createStatement(DIALECTS[store.engine]);
  const { people } = analysis.build(s, c, p);
  if (!people) throw new ParameterError('analysis', 'has no people behind its numbers');
  const text = peopleSql(s, analysis, c, p, readCell(people.keys, cell));
  const counted = `SELECT count(*) AS n FROM (${text}) AS members`;
  const [{ n }] = await store.query(counted, used(counted, s.values), env.query);
  const page = `SELECT v FROM (${text}) AS members ORDER BY v LIMIT ${s.int(limit)} OFFSET ${s.int(offset)}`;
  const rows = await store.query(page, used(page, s.values), env.query);
  return { total: n, people: rows.map(({ v }) => v), unit: c.unit, sql: text };
};
