import { visitDaysSql } from '../store/schemaSql.js';
import { eventRowsOf, ROWS } from './flatten.js';

/**
 * `visit_days`: of each visit and day the event that began it, so that no report reads all events to find days, visits and
 * first touches. The definition is `schema/visit_days.sql`; DuckDB keeps of its rows those that decide.
 *
 * A row is added where an event is earlier than what is known of its visit and day. One that is no longer the earliest stays:
 * every report takes the earliest anyway.
 */
const KEY = ['visitor_no', 'session_no', 'in_session', 'day', 'counted', 'touches'];
const BEGAN = '(t * 1000000 + least(seq, 999999))';

/** @param {string} events What the rows are of. @param {string} row By what a row of it is known. */
const visitDays = (events, row) =>
  visitDaysSql().replace('SELECT', `SELECT ${row} AS place,`).replace('FROM events', `FROM ${events}`);
/** Narrow first: most rows are not the first of their visit, and the words of the source are many columns. */
const firstOf = (/** @type {string} */ rows) =>
  `SELECT ${KEY.join(', ')}, arg_min(place, ${BEGAN}) AS place, min(${BEGAN}) AS began FROM (${rows}) AS told GROUP BY ALL`;
const insert = (/** @type {string} */ rows) => `INSERT INTO visit_days BY NAME SELECT * EXCLUDE (place) FROM (${rows}) AS told`;
const insertFirst = (/** @type {string} */ rows) =>
  `${insert(rows)} WHERE place IN (SELECT place FROM (${firstOf(rows)}) AS firsts)`;

/** From all events: for tables that were filled by other means than the loader. */
export const ALL_VISITS = ['DELETE FROM visit_days', insertFirst(visitDays('events', 'rowid'))];

/**
 * Of the new events.
 *
 * @param {string} timeZone
 */
export const newVisits = (timeZone) => [
  `CREATE OR REPLACE TEMP TABLE told_visits AS ${firstOf(visitDays(`(${ROWS.events})`, 'row'))}`,
  `CREATE OR REPLACE TEMP TABLE begun AS
   SELECT firsts.* FROM firsts JOIN told_visits AS told ON told.place = firsts.row
   LEFT JOIN (
     SELECT ${KEY.join(', ')}, min(${BEGAN}) AS began FROM visit_days
     WHERE day >= (SELECT min(day) FROM told_visits) AND visitor_no IN (SELECT visitor_no FROM told_visits) GROUP BY ALL
   ) AS known ON ${KEY.map((column) => `known.${column} IS NOT DISTINCT FROM told.${column}`).join(' AND ')}
   WHERE known.began IS NULL OR told.began < known.began ORDER BY firsts.row`,
  insert(visitDays(`(${eventRowsOf(timeZone, 'begun')})`, 'row')),
];

/** Of the visitors that `found` names, from all their events: times changed, or events are gone. */
export const visitsAgain = (/** @type {string} */ found) => [
  `DELETE FROM visit_days WHERE visitor_no IN (${found})`,
  insertFirst(`${visitDays('events', 'rowid')} AND visitor_no IN (${found})`),
];
