import { createHash } from 'node:crypto';
import { clickhouse } from '../dialect/clickhouse.js';
import { duckdb } from '../dialect/duckdb.js';
import { createStatement } from '../dialect/statement.js';

const DIALECTS = { duckdb, clickhouse };

/** The event in which a message and each step of it is kept. Its type is `server`: no report counts it as a visit. */
export const RECALL_MESSAGE = 'recall_message';

const hexOf = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');
const uuidOf = (/** @type {string} */ text) => hexOf(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** One message for a person and a campaign, whenever it is asked for. */
export const messageIdOf = (/** @type {string} */ campaign, /** @type {string} */ person) =>
  hexOf(`${campaign}\n${person}`).slice(0, 32);

/** Whether a person is of the share that is not written to: decided by the two ids, so always the same. */
export const isHeldOut = (/** @type {string} */ messageId, /** @type {number} */ share) =>
  Number.parseInt(hexOf(`held out\n${messageId}`).slice(0, 12), 16) / 2 ** 48 < share;

/**
 * @typedef {object} Message
 * @property {string} message Its id, the same in each try.
 * @property {string} campaign
 * @property {'due' | 'held_out' | 'retry' | 'sent' | 'dead'} state
 * @property {string} person
 * @property {string} anonymous_id The installation that stands for the person in the journal.
 * @property {number} step How many facts are known of it before this one.
 * @property {number} attempts
 * @property {number} not_before Milliseconds since 1970.
 * @property {string} template_id
 * @property {string} product_id Empty where the message is about none.
 * @property {string} reason `cart` or `leaving`.
 * @property {number | null} hour
 * @property {string} error
 */

const KEPT = /** @type {const} */ ([
  'message',
  'campaign',
  'state',
  'person',
  'attempts',
  'not_before',
  'template_id',
  'product_id',
  'reason',
  'hour',
  'error',
]);

/**
 * A step of a message as a line of the journal, beside what phones sent: a rebuild keeps it, and erasing the person
 * takes it away. The id follows from the step, so that one that is written twice counts once.
 *
 * @param {Message} message
 * @param {number} now
 */
export const lineOfMessage = (message, now) => {
  const properties = Object.fromEntries(KEPT.map((key) => [key, message[key] ?? '']));
  const event = {
    id: uuidOf(`${message.message} ${message.step}`),
    // No launch of a phone has such a number: its clock is not ours.
    boot: -1 - (Number.parseInt(message.message.slice(0, 8), 16) >>> 1),
    seq: message.step,
    type: 'server',
    name: RECALL_MESSAGE,
    ts: now,
    session_id: message.message,
    properties,
    context: 0,
  };
  const body = {
    schema: 'minitrail/1',
    batch_id: event.id,
    sent_at: now,
    contexts: [{ anonymous_id: message.anonymous_id, platform: 'server', sdk: 'insight' }],
    batch: [event],
    drops: {},
  };
  return JSON.stringify({ received_at: now, key: 'insight', rejected: 0, body });
};

/** Every step of the messages of a campaign. */
export const factsOf = (/** @type {any} */ s, /** @type {string} */ campaign) =>
  `SELECT ev.anonymous_id AS anonymous_id, ev.seq AS seq, ev.t AS told_at, ${KEPT.map((key) => `coalesce(${s.property(key, 'ev.properties')}, '') AS ${key}`).join(', ')}
  FROM events AS ev WHERE ev.type = 'server' AND ev.name = '${RECALL_MESSAGE}' AND ${s.property('campaign', 'ev.properties')} = ${s.text(campaign)}`;

/**
 * The messages of a campaign as they are now, the earliest due first.
 *
 * @param {any} store
 * @param {string} campaign
 * @param {{ states?: string[], message?: string, anonymousIds?: string[], until?: number, limit?: number }} [which]
 * @returns {Promise<(Message & { told_at: number })[]>}
 */
export const readMessages = async (store, campaign, { states = [], message, anonymousIds, until, limit = 10_000 } = {}) => {
  const s = createStatement(DIALECTS[/** @type {'duckdb'} */ (store.engine)]);
  const conditions = [
    states.length ? `f.state IN (${s.list(states, 'text')})` : '',
    message === undefined ? '' : `f.message = ${s.text(message)}`,
    anonymousIds === undefined ? '' : `f.anonymous_id IN (${s.list(anonymousIds, 'text')})`,
    until === undefined ? '' : `${s.number('f.not_before')} <= ${s.float(until)}`,
  ].filter(Boolean);
  const sql = `WITH facts AS (${factsOf(s, campaign)}),
newest AS (SELECT message AS newest_message, max(seq) AS newest_seq FROM facts GROUP BY 1)
SELECT ${['anonymous_id', 'seq', 'told_at', ...KEPT].map((key) => `f.${key} AS ${key}`).join(', ')} FROM facts AS f JOIN newest ON newest_message = f.message AND newest_seq = f.seq
WHERE ${conditions.join(' AND ') || '1 = 1'} ORDER BY ${s.number('f.not_before')}, f.message LIMIT ${s.int(limit)}`;
  const rows = await store.query(sql, s.values);
  return rows.map(({ seq, ...row }) => ({
    ...row,
    step: seq,
    attempts: Number(row.attempts),
    not_before: Number(row.not_before),
    hour: row.hour === '' ? null : Number(row.hour),
  }));
};

/** Who has a message of the campaign already, or is held out: by the person of today, whatever they were named before. */
export const readAssigned = async (/** @type {any} */ store, /** @type {string} */ campaign) => {
  const s = createStatement(DIALECTS[/** @type {'duckdb'} */ (store.engine)]);
  const sql = `SELECT DISTINCT coalesce(p.person, f.anonymous_id) AS person FROM (${factsOf(s, campaign)}) AS f
LEFT JOIN persons AS p ON p.anonymous_id = f.anonymous_id`;
  return new Set((await store.query(sql, s.values)).map((/** @type {any} */ { person }) => person));
};

/** How many messages of a campaign are in which state. */
export const countMessages = async (/** @type {any} */ store, /** @type {string} */ campaign) => {
  /** @type {Record<string, number>} */
  const counts = { due: 0, held_out: 0, retry: 0, sent: 0, dead: 0 };
  const s = createStatement(DIALECTS[/** @type {'duckdb'} */ (store.engine)]);
  const sql = `WITH facts AS (${factsOf(s, campaign)}),
newest AS (SELECT message AS newest_message, max(seq) AS newest_seq FROM facts GROUP BY 1)
SELECT f.state AS state, count(*) AS n FROM facts AS f JOIN newest ON newest_message = f.message AND newest_seq = f.seq GROUP BY 1`;
  for (const { state, n } of await store.query(sql, s.values)) counts[state] = n;
  return counts;
};
