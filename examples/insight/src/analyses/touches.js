import { eventsCte, orderKey, ordersCte, SESSION } from './common.js';
import { addDays } from './days.js';

/** Columns of `events` by which a channel is told: of this session, and of the first launch of the installation. */
export const DIMENSIONS = {
  scene: { last: "coalesce(ev.source_scene, '')", first: "coalesce(ev.first_scene, '')" },
  group: { last: "coalesce(ev.source_group, '')", first: "coalesce(ev.first_group, '')" },
  campaign: { last: "coalesce(ev.source_campaign, '')", first: "coalesce(ev.first_campaign, '')" },
  utm_source: { last: "coalesce(ev.source_utm_source, '')", first: "coalesce(ev.first_utm_source, '')" },
  utm_medium: { last: "coalesce(ev.source_utm_medium, '')", first: "coalesce(ev.first_utm_medium, '')" },
  qr: { last: "coalesce(ev.source_qr, '')", first: "coalesce(ev.first_qr, '')" },
  // A link of the merchant carries its code in utm_content, a QR code in its scene.
  code: {
    last: "coalesce(nullif(ev.source_qr, ''), ev.source_utm_content, '')",
    first: "coalesce(nullif(ev.first_qr, ''), ev.first_utm_content, '')",
  },
};

/** Groups by which nobody is won: the visitor had the app before, or was called by the shop itself. */
export const DIRECT_GROUPS = ['', 'recent', 'favorite', 'desktop', 'message', 'mini_program_back', 'system'];

export const MODELS = ['first', 'last', 'last_non_direct', 'linear', 'position'];

const IN_ORDER = 'OVER (PARTITION BY event_id ORDER BY begin_key, session_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)';

const WEIGHTS = {
  first: 'CASE WHEN place = 1 THEN 1.0 ELSE 0.0 END',
  last: 'CASE WHEN place = touches THEN 1.0 ELSE 0.0 END',
  last_non_direct: 'CASE WHEN won = 1 AND won_so_far = all_won OR all_won = 0 AND place = touches THEN 1.0 ELSE 0.0 END',
  linear: '1.0 / touches',
  position:
    'CASE WHEN touches = 1 THEN 1.0 WHEN touches = 2 THEN 0.5 WHEN place = 1 OR place = touches THEN 0.4 ELSE 0.2 / (touches - 2) END',
};

/**
 * The CTEs `sessions` (whom, when it began, by what) and `credits`: for each order of the range and each session within
 * the look-back before it, how much of the order each model gives it. An order without a session is credited to ''.
 * A server's events are no visit: only sessions that a client saw count.
 */
export const touchCtes = (s, c, { by, lookbackDays, direct = DIRECT_GROUPS }) => [
  [
    'touch_events',
    eventsCte(s, c, {
      columns: [
        `${SESSION} AS session_no`,
        't',
        'day',
        `${orderKey()} AS k`,
        `${DIMENSIONS[by].last} AS value`,
        ...(by === 'group' ? [] : ["coalesce(ev.source_group, '') AS source_group"]),
      ],
      where: 'ev.in_session',
      touching: true,
      kept: true,
      from: addDays(c.from, -lookbackDays - 1),
      segments: true,
    }),
  ],
  [
    'sessions',
    `SELECT session_no, argMin(v, k) AS who, min(t) AS began, min(k) AS begin_key, min(day) AS first_day, argMin(value, k) AS value, argMin(${by === 'group' ? 'value' : 'source_group'}, k) AS via
  FROM touch_events GROUP BY session_no`,
  ],
  ['o', ordersCte(s, c, { columns: ['event_id', 't', 'net'] })],
  [
    'placed',
    // All of one order of rows, so that they are sorted once.
    `SELECT event_id, value, won, row_number() ${IN_ORDER} AS place, count(*) OVER (PARTITION BY event_id) AS touches,
    sum(won) OVER (PARTITION BY event_id) AS all_won, sum(won) ${IN_ORDER} AS won_so_far
  FROM (
    SELECT o.event_id AS event_id, sessions.value AS value, sessions.begin_key AS begin_key, sessions.session_no AS session_no,
      CASE WHEN sessions.via IN (${s.list(direct, 'text')}) THEN 0 ELSE 1 END AS won
    FROM o JOIN sessions ON sessions.who = o.v
    WHERE sessions.began <= o.t AND sessions.began > o.t - ${s.int(lookbackDays * 86_400_000)}
  ) AS touched`,
  ],
  ['weighed', `SELECT event_id, value, ${MODELS.map((model) => `${WEIGHTS[model]} AS w_${model}`).join(', ')} FROM placed`],
  [
    'credits',
    `SELECT o.v AS v, o.event_id AS event_id, CAST(o.net AS DOUBLE) AS net, coalesce(weighed.value, '') AS value,
    ${MODELS.map((model) => `CAST(coalesce(weighed.w_${model}, 1.0) AS DOUBLE) AS w_${model}`).join(', ')}
  FROM o LEFT JOIN weighed ON weighed.event_id = o.event_id`,
  ],
];
