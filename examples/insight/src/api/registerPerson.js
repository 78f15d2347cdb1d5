import { profileOf } from './profileOf.js';
import { refuse } from './refuse.js';

const MAX_EVENTS = 200;
/** Calls that told traits; who told more has a profile of the last of them. */
const MAX_TOLD = 5000;
const MAX_PEOPLE = 100;

/** Whether a share was opened by somebody else than its sharer. */
const OF_ANOTHER = "e.name = 'share_open' AND e.excluded IS NULL AND coalesce(e.properties['own'], '') <> 'true'";

/** Each question of one person, with `ids` for the installations that are theirs. */
const QUESTIONS = {
  events: (ids) =>
    `SELECT t, day, name, page, session_id, platform, anonymous_id, properties FROM events WHERE anonymous_id IN (${ids}) ORDER BY t DESC, boot DESC, seq DESC LIMIT ${MAX_EVENTS}`,
  // A web page in the mini-program goes on with its installation: each platform has a row.
  installations: (ids) =>
    `SELECT anonymous_id, platform AS host, min(t) AS first_t, max(t) AS last_t, count(*) AS event_count, max(device_model) AS device_model, argMax(app_version, t) AS app_version FROM events WHERE anonymous_id IN (${ids}) GROUP BY 1, 2 ORDER BY 3, 1, 2`,
  joined_by: (ids) => `SELECT DISTINCT anonymous_id, kind, id FROM links WHERE anonymous_id IN (${ids}) ORDER BY 1, 2, 3`,
  orders: (ids) =>
    `SELECT order_id, t, amount, refunded, net, cancelled, coupon_id, share_id FROM orders WHERE anonymous_id IN (${ids}) ORDER BY t DESC LIMIT ${MAX_EVENTS}`,
  told: (ids) =>
    `SELECT name, properties FROM events WHERE anonymous_id IN (${ids}) AND (name = 'identify' OR type = 'profile') ORDER BY t DESC, boot DESC, seq DESC LIMIT ${MAX_TOLD}`,
  // Of the first event: what a source was later is in the visits.
  came: (ids) =>
    `SELECT t AS first_t, first_group AS channel, first_scene AS scene, first_campaign AS campaign, first_utm_source AS utm_source FROM events WHERE anonymous_id IN (${ids}) AND type <> 'server' ORDER BY t, boot, seq LIMIT 1`,
  totals: (ids) =>
    `SELECT count(DISTINCT CASE WHEN anonymous_id <> coalesce(user_id, '') THEN session_id END) AS sessions, count(DISTINCT day) AS active_days, max(t) AS last_t FROM events WHERE anonymous_id IN (${ids}) AND excluded IS NULL`,
  bought: (ids) =>
    `SELECT count(*) AS orders, coalesce(sum(CAST(net AS DOUBLE)), 0) AS revenue FROM orders WHERE anonymous_id IN (${ids}) AND NOT cancelled AND excluded IS NULL`,
  brought_by: (ids) =>
    `SELECT coalesce(p.person, s.anonymous_id) AS person, e.t AS t, s.share_id AS share_id, s.method AS method, s.page AS page FROM events AS e JOIN shares AS s ON s.share_id = e.properties['share_id'] LEFT JOIN persons AS p ON p.anonymous_id = s.anonymous_id WHERE ${OF_ANOTHER} AND e.anonymous_id IN (${ids}) ORDER BY e.t LIMIT 1`,
  brought: (ids) =>
    `SELECT coalesce(p.person, e.anonymous_id) AS person, min(e.t) AS first_t, count(*) AS opens, max(CASE WHEN e.is_first_visit THEN 1 ELSE 0 END) AS is_new FROM events AS e JOIN shares AS s ON s.share_id = e.properties['share_id'] LEFT JOIN persons AS p ON p.anonymous_id = e.anonymous_id WHERE ${OF_ANOTHER} AND s.anonymous_id IN (${ids}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MAX_PEOPLE}`,
};

/** Everything of a person; `undefined` where nobody has this id. */
export const personOf = async (store, id, options) => {
  const name = store.engine === 'clickhouse' ? '{id:String}' : '$id';
  const ids = `SELECT anonymous_id FROM persons WHERE person = ${name} UNION ALL SELECT ${name} AS anonymous_id`;
  const ask = (question) => store.query(QUESTIONS[question](ids), { id }, options);
  const events = await ask('events');
  if (!events.length) return undefined;
  const [came] = await ask('came');
  const [totals] = await ask('totals');
  const [bought] = await ask('bought');
  const [brought_by = null] = await ask('brought_by');
  return {
    id,
    sql: Object.values(QUESTIONS)
      .map((question) => question(ids))
      .join(';\n\n'),
    summary: { ...came, ...totals, ...bought },
    profile: profileOf((await ask('told')).reverse()),
    installations: await ask('installations'),
    joined_by: await ask('joined_by'),
    brought_by,
    brought: await ask('brought'),
    // ClickHouse says 1.
    orders: (await ask('orders')).map((order) => ({ ...order, cancelled: Boolean(order.cancelled) })),
    events,
  };
};

/**
 * `GET /api/people/:id`, one person: installations on each platform and what joined them, profile, tags, where they came from,
 * who brought them and whom they brought, orders, and the last events, with the SQL of it.
 */
export const registerPerson = (app, { store, tags, env }) => {
  app.get('/api/people/:id', async ({ params: { id } }) => {
    if (!id || id.length > 256) throw refuse(400, 'id', 'is no id');
    const person = await personOf(store, id, env().query);
    if (!person) throw refuse(404, 'id', 'no such person');
    return { tags: tags.of(id), ...person };
  });
};
