import { LATEST_MS } from '../latestTime.js';

/**
 * The types of a batch, as DuckDB's `from_json` takes them. A value of another type becomes NULL: what a stranger wrote
 * cannot stop the loader.
 */
const WORDS = 'MAP(VARCHAR, VARCHAR)';
const LINE = JSON.stringify({
  received_at: 'BIGINT',
  rejected: 'INTEGER',
  body: {
    batch_id: 'VARCHAR',
    sent_at: 'BIGINT',
    contexts: [
      {
        anonymous_id: 'VARCHAR',
        user_id: 'VARCHAR',
        ids: { unionid: 'VARCHAR' },
        platform: 'VARCHAR',
        sdk: 'VARCHAR',
        network_type: 'VARCHAR',
        app_id: 'VARCHAR',
        app_version: 'VARCHAR',
        app_env: 'VARCHAR',
        host_name: 'VARCHAR',
        host_version: 'VARCHAR',
        language: 'VARCHAR',
        device: {
          brand: 'VARCHAR',
          model: 'VARCHAR',
          os: 'VARCHAR',
          platform: 'VARCHAR',
          window_width: 'DOUBLE',
          window_height: 'DOUBLE',
        },
        session_index: 'INTEGER',
        is_first_visit: 'BOOLEAN',
        is_first_day: 'BOOLEAN',
        source: WORDS,
        first_source: WORDS,
        share_id: 'VARCHAR',
        share_root_id: 'VARCHAR',
        share_depth: 'INTEGER',
        single_page: 'BOOLEAN',
      },
    ],
    batch: [
      {
        id: 'UUID',
        boot: 'INTEGER',
        seq: 'INTEGER',
        type: 'VARCHAR',
        name: 'VARCHAR',
        ts: 'BIGINT',
        session_id: 'VARCHAR',
        properties: WORDS,
        context: 'INTEGER',
      },
    ],
    drops: 'MAP(VARCHAR, INTEGER)',
  },
});

const ITEM = JSON.stringify([
  { product_id: 'VARCHAR', sku_id: 'VARCHAR', category: 'VARCHAR', price: 'DOUBLE', quantity: 'INTEGER' },
]);

/** Batches whose id is no UUID (a shop's own server may count) get one that is always the same. */
const UUID_OF_BATCH = 'coalesce(TRY_CAST(l.body.batch_id AS UUID), CAST(md5(l.body.batch_id) AS UUID))';
const word = (map, key) => `nullif(${map}['${key}'], '')`;
const money = (key) => `TRY_CAST(properties['${key}'] AS DECIMAL(18,4))`;
const milliseconds = (key, map = 'properties') => `TRY_CAST(TRY_CAST(${map}['${key}'] AS DOUBLE) AS BIGINT)`;
const ENDED_AT = milliseconds('ended_at', 'e.properties');

/** The words of the three hosts for what was not released: https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html */
const TEST_ENVIRONMENTS = "'develop', 'development', 'trial', 'preview'";

const EXCLUDED_CONTEXT = `CASE
  WHEN c.single_page THEN 'single_page'
  WHEN c.app_env IN (${TEST_ENVIRONMENTS}) THEN 'test'
  WHEN c.source['is_automated'] = 'true' THEN 'automated'
END`;
const EXCLUDED_EVENT = `CASE
  WHEN e.type = 'server' THEN 'server'
  WHEN e.name = 'share_open' AND e.properties['own'] = 'true' THEN 'own'
  WHEN e.name = 'experiment_exposure' AND e.properties['overridden'] = 'true' THEN 'overridden'
END`;

const dayOf = (zone, milliseconds) => `CAST(timezone(${zone}, make_timestamptz(${milliseconds} * 1000)) AS DATE)`;
const hourOf = (zone, milliseconds) => `CAST(hour(timezone(${zone}, make_timestamptz(${milliseconds} * 1000))) AS UTINYINT)`;

/** Within two minutes a clock is right; what differs is the way of the request. */
export const CLOCK_TOLERANCE_MS = 120_000;
const correctionOf = (skew) => `CASE WHEN abs(${skew}) <= ${CLOCK_TOLERANCE_MS} THEN 0 ELSE ${skew} END`;

/** How long after its capture an event may still arrive again (the SDK keeps 7 days), with a day for clocks. */
const REPEAT_DAYS = 8;

/** A time zone comes from the configuration; it is text in a statement all the same. */
export const zoneLiteral = (timeZone) => `'${timeZone.replaceAll("'", "''")}'`;

/** The number of a name, 64 bits of its MD5. ClickHouse counts the same itself: see its schema. */
export const numberOf = (text) => `md5_number_lower(${text})`;

/** Keys of the two maps of the source that are columns, and so are not kept in the maps as well. */
const SOURCE_WORDS = {
  scene: 'source_scene',
  channel_group: 'source_group',
  utm_source: 'source_utm_source',
  utm_medium: 'source_utm_medium',
  utm_campaign: 'source_campaign',
  utm_content: 'source_utm_content',
  click_id: 'source_click_id',
  qr_scene: 'source_qr',
};
const FIRST_SOURCE_WORDS = {
  scene: 'first_scene',
  channel_group: 'first_group',
  utm_source: 'first_utm_source',
  utm_medium: 'first_utm_medium',
  utm_campaign: 'first_campaign',
  utm_content: 'first_utm_content',
  qr_scene: 'first_qr',
};
const wordColumns = (/** @type {string} */ map, /** @type {Record<string, string>} */ words) =>
  Object.entries(words)
    .map(([key, column]) => `${word(`c.${map}`, key)} AS ${column}`)
    .join(', ');
const otherWords = (/** @type {string} */ map, /** @type {Record<string, string>} */ words) =>
  `coalesce(map_from_entries(list_filter(map_entries(c.${map}), lambda entry: entry.key NOT IN (${Object.keys(words)
    .map((key) => `'${key}'`)
    .join(', ')}))), MAP {})`;

/** What events share, once for each context: taking it apart for every event would be most of the work. */
const CONTEXTS = `CREATE OR REPLACE TEMP TABLE contexts AS
  SELECT place, position, c.anonymous_id AS anonymous_id, ${numberOf('c.anonymous_id')} AS visitor_no, nullif(c.user_id, '') AS user_id, nullif(c.ids.unionid, '') AS unionid,
    ${EXCLUDED_CONTEXT} AS excluded, c.platform AS platform, c.app_id AS app_id, c.app_version AS app_version, c.app_env AS app_env,
    c.host_name AS host_name, c.host_version AS host_version, c.sdk AS sdk, c.language AS language,
    c.network_type AS network_type, c.device.brand AS device_brand, c.device.model AS device_model,
    c.device.os AS device_os, c.device.platform AS device_platform,
    c.device.window_width AS window_width, c.device.window_height AS window_height,
    c.session_index AS session_index, c.is_first_visit AS is_first_visit, c.is_first_day AS is_first_day,
    ${wordColumns('source', SOURCE_WORDS)}, ${wordColumns('first_source', FIRST_SOURCE_WORDS)},
    c.share_id AS share_id, c.share_root_id AS share_root_id, c.share_depth AS share_depth,
    ${otherWords('source', SOURCE_WORDS)} AS source, ${otherWords('first_source', FIRST_SOURCE_WORDS)} AS first_source
  FROM (SELECT place, unnest(contexts) AS c, unnest(range(len(contexts))) AS position FROM batches)
  WHERE c.anonymous_id IS NOT NULL`;

/**
 * The way of lines of the journal into rows, as statements on temporary tables, from `incoming(place, line)` to
 * - `batches`: a row for each line
 * - `contexts`: a row for each context of a line
 * - `flat`: a row for each event, repeats too
 *
 * @param {string} timeZone
 */
export const flattenStatements = (timeZone) => [
  `CREATE OR REPLACE TEMP TABLE batches AS
   SELECT place, l.received_at AS received_at, ${dayOf(zoneLiteral(timeZone), 'l.received_at')} AS received_day,
     coalesce(l.rejected, 0) AS rejected, ${UUID_OF_BATCH} AS batch_id, coalesce(l.body.sent_at, l.received_at) AS sent_at,
     l.body.contexts AS contexts, l.body.batch AS batch, l.body.drops AS drops
   FROM (SELECT place, from_json(line, '${LINE}') AS l FROM incoming)
   WHERE l.received_at IS NOT NULL`,
  CONTEXTS,
  `CREATE OR REPLACE TEMP TABLE flat AS
   SELECT row_number() OVER () AS row, place, e.context AS position, e.id AS id,
     CASE WHEN e.name = 'page_leave' AND ${ENDED_AT} BETWEEN 0 AND ${LATEST_MS} THEN ${ENDED_AT} ELSE e.ts END AS happened,
     e.boot AS boot, e.seq AS seq, e.type AS type, e.name AS name, e.session_id AS session_id,
     ${EXCLUDED_EVENT} AS excluded, coalesce(e.properties, MAP {}) AS properties
   FROM (SELECT place, unnest(batch) AS e FROM batches)
   WHERE e.id IS NOT NULL AND e.ts IS NOT NULL AND e.boot IS NOT NULL AND e.seq IS NOT NULL AND e.name IS NOT NULL
     AND (place, e.context) IN (SELECT (place, position) FROM contexts)`,
];

/** What a launch's clock was ahead of ours: one number for all its events, by the batch where they differed least. */
const launchStatements = [
  `CREATE OR REPLACE TEMP TABLE clocks AS
   WITH seen AS (
     SELECT anonymous_id, boot, min({a: abs(received_at - sent_at), s: received_at - sent_at}).s AS skew, max(received_day) AS received_day
     FROM (SELECT DISTINCT place, position, boot FROM flat)
     JOIN contexts USING (place, position) JOIN batches USING (place)
     GROUP BY 1, 2
   )
   SELECT seen.anonymous_id AS anonymous_id, seen.boot AS boot, seen.received_day AS received_day, known.skew AS old_skew,
     CASE WHEN known.skew IS NULL OR (abs(seen.skew), seen.skew) < (abs(known.skew), known.skew) THEN seen.skew ELSE known.skew END AS skew
   FROM seen
   LEFT JOIN (SELECT * FROM launches WHERE anonymous_id IN (SELECT anonymous_id FROM contexts)) AS known ON known.anonymous_id = seen.anonymous_id AND known.boot = seen.boot`,
  `INSERT INTO launches SELECT anonymous_id, boot, skew, received_day FROM clocks WHERE old_skew IS NULL`,
  // A clock that is right stays right: what it differs by exactly is of no interest.
  `CREATE OR REPLACE TEMP TABLE corrected AS
   SELECT anonymous_id, boot, skew, (${correctionOf('skew')}) - (${correctionOf('old_skew')}) AS shift
   FROM clocks WHERE old_skew IS NOT NULL AND (${correctionOf('skew')}) <> (${correctionOf('old_skew')})`,
];

/**
 * Events of launches whose clock is now known better, in every table that has their time. Only run where there are any.
 *
 * @param {string} timeZone
 */
export const correctionStatements = (timeZone) => {
  const zone = zoneLiteral(timeZone);
  return [
    `UPDATE launches SET skew = corrected.skew FROM corrected
     WHERE launches.anonymous_id = corrected.anonymous_id AND launches.boot = corrected.boot`,
    `UPDATE events SET t = t + shift, day = ${dayOf(zone, '(t + shift)')}, hour = ${hourOf(zone, '(t + shift)')}
     FROM corrected WHERE events.anonymous_id = corrected.anonymous_id AND events.boot = corrected.boot`,
    `UPDATE items SET t = events.t, day = events.day FROM events JOIN corrected
       ON events.anonymous_id = corrected.anonymous_id AND events.boot = corrected.boot
     WHERE items.event_id = events.id AND items.anonymous_id = corrected.anonymous_id`,
    `UPDATE shares SET t = events.t FROM events JOIN corrected
       ON events.anonymous_id = corrected.anonymous_id AND events.boot = corrected.boot
     WHERE shares.event_id = events.id`,
  ];
};

/**
 * The new events with all that is known of them. Left joins, though none is without a partner: DuckDB may turn inner ones round, and
 * their rows then come out in no order.
 *
 * @param {string} zone
 * @param {string} firsts `firsts`, or a part of it.
 */
const freshRows = (
  zone,
  firsts,
) => `SELECT flat.* EXCLUDE (excluded), contexts.* EXCLUDE (place, position, excluded), coalesce(contexts.excluded, flat.excluded) AS excluded,
     batches.received_at AS received_at, batches.received_day AS received_day,
     firsts.t AS t, ${dayOf(zone, 'firsts.t')} AS day, ${hourOf(zone, 'firsts.t')} AS hour
   FROM flat JOIN ${firsts} AS firsts ON firsts.row = flat.row
   LEFT JOIN contexts ON contexts.place = flat.place AND contexts.position = flat.position
   LEFT JOIN batches ON batches.place = flat.place`;

/** The new ones among `flat`, the first of each id, with their time. `known` says which ids are there already. */
const freshStatements = (zone, known) => [
  `CREATE OR REPLACE TEMP TABLE repeated AS ${known}`,
  // Narrow: the wide rows are copied once, into the table they are for. In the order of the journal, which `fresh` keeps.
  `CREATE OR REPLACE TEMP TABLE firsts AS
   SELECT flat.row AS row, flat.place AS place, flat.happened + (${correctionOf('clocks.skew')}) AS t
   FROM flat
   JOIN contexts ON contexts.place = flat.place AND contexts.position = flat.position
   JOIN clocks ON clocks.anonymous_id = contexts.anonymous_id AND clocks.boot = flat.boot
   WHERE flat.id NOT IN (SELECT id FROM repeated)
     AND flat.row IN (SELECT min(row) FROM flat GROUP BY id)
   ORDER BY flat.row`,
  `CREATE OR REPLACE TEMP VIEW fresh AS ${freshRows(zone, 'firsts')}`,
];

const eventRows = (
  /** @type {string} */ fresh,
) => `SELECT row, id, received_at, received_day, t, day, hour, boot, seq, type, name, session_id,
    anonymous_id, user_id, excluded, platform, app_id, app_version, app_env, host_name, host_version, sdk, language,
    network_type, device_brand, device_model, device_os, device_platform, window_width, window_height,
    session_index, is_first_visit, is_first_day,
    source_scene, source_group, source_utm_source, source_utm_medium, source_campaign, source_click_id, source_qr,
    first_scene, first_group, first_utm_source, first_campaign,
    source_utm_content, first_utm_medium, first_utm_content, first_qr,
    share_id, share_root_id, share_depth,
    coalesce(${word('properties', 'path')}, ${word('properties', 'page_path')}) AS page,
    ${word('properties', 'product_id')} AS product_id, ${word('properties', 'order_id')} AS order_id,
    ${money('value')} AS amount, ${money('price')} AS price, ${milliseconds('duration_ms')} AS duration_ms,
    anonymous_id <> coalesce(user_id, '') AND ${word('properties', 'recovered')} IS NULL AS in_session,
    ${word('properties', 'resumed')} IS NOT NULL AS resumed,
    visitor_no, ${numberOf('session_id')} AS session_no, source, first_source, properties
  FROM ${fresh} AS fresh`;

const ITEM_ROWS = `SELECT id AS event_id, CAST(position AS INTEGER) AS position, t, day, name, anonymous_id, excluded,
    order_id, nullif(item.product_id, '') AS product_id, nullif(item.sku_id, '') AS sku_id, nullif(item.category, '') AS category,
    TRY_CAST(item.price AS DECIMAL(18,4)) AS price, coalesce(item.quantity, 1) AS quantity, visitor_no
  FROM (
    SELECT id, t, day, name, anonymous_id, visitor_no, excluded, ${word('properties', 'order_id')} AS order_id,
      unnest(list) AS item, unnest(range(1, len(list) + 1)) AS position
    FROM (
      SELECT *, from_json(properties['items'], '${ITEM}') AS list FROM fresh
      WHERE starts_with(properties['items'], '[')
    )
  )
  WHERE item.product_id IS NOT NULL`;

const SHARE_ROWS = `SELECT ${word('properties', 'share_id')} AS share_id, ${word('properties', 'parent_id')} AS parent_id,
    ${word('properties', 'root_id')} AS root_id, TRY_CAST(properties['depth'] AS INTEGER) AS depth, anonymous_id, excluded, t,
    ${word('properties', 'method')} AS method, ${word('properties', 'channel')} AS channel, ${word('properties', 'page_path')} AS page,
    id AS event_id, visitor_no
  FROM fresh WHERE name = 'share' AND ${word('properties', 'share_id')} IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY properties['share_id'] ORDER BY t, boot, seq) = 1`;

const LINK_ROWS = `SELECT anonymous_id, kind, id, min(received_at) AS received_at FROM (
    SELECT place, anonymous_id, unnest(['user_id', 'unionid']) AS kind, unnest([user_id, unionid]) AS id
    FROM contexts WHERE coalesce(excluded, '') <> 'single_page'
  ) JOIN batches USING (place) WHERE id IS NOT NULL GROUP BY 1, 2, 3`;

/** Reports of a batch stand with the first visitor and launch in it; a context has no launch of its own. */
const DROP_ROWS = `SELECT batch_id, anonymous_id, boot, received_at, reason, n FROM (
    SELECT batch_id, contexts[1].anonymous_id AS anonymous_id, batch[1].boot AS boot, received_at, unnest(map_keys(drops)) AS reason,
      unnest(map_values(drops)) AS n, place
    FROM batches
  ) WHERE n > 0 QUALIFY row_number() OVER (PARTITION BY batch_id, reason ORDER BY place) = 1`;

const ARRIVAL_ROWS = `SELECT batches.received_at AS received_at, batch_id, CAST(coalesce(all_of.n, 0) AS INTEGER) AS events,
    CAST(coalesce(all_of.n, 0) - coalesce(new_of.n, 0) AS INTEGER) AS repeats, rejected
  FROM batches
  LEFT JOIN (SELECT place, count(*) AS n FROM flat GROUP BY 1) AS all_of ON all_of.place = batches.place
  LEFT JOIN (SELECT place, count(*) AS n FROM firsts GROUP BY 1) AS new_of ON new_of.place = batches.place`;

/** Rows of each table that is derived, from the temporary ones, in the order of its columns. */
export const ROWS = {
  events: eventRows('fresh'),
  items: ITEM_ROWS,
  shares: SHARE_ROWS,
  links: LINK_ROWS,
  drops: DROP_ROWS,
  arrivals: ARRIVAL_ROWS,
};

/** Of the new events those that a table names, which has the columns of `firsts`. */
export const eventRowsOf = (/** @type {string} */ timeZone, /** @type {string} */ firsts) =>
  eventRows(`(${freshRows(zoneLiteral(timeZone), firsts)})`);

/** The launches and the new events. In DuckDB what is known is in its own tables, and so `known` is left out. */
export const freshSteps = (timeZone, known) => [
  ...launchStatements,
  ...freshStatements(
    zoneLiteral(timeZone),
    known ||
      `SELECT id FROM events
       WHERE received_day >= (SELECT min(received_day) FROM batches) - ${REPEAT_DAYS} AND id IN (SELECT id FROM flat)`,
  ),
];
