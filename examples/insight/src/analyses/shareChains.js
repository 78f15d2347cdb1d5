import { eventsCte, joinPersons, orderKey, ordersCte, who, whoName } from './common.js';

/** The shares with whom they are of: `sh`, the `sharer` by name. A share belongs to whoever made it, whenever that was. */
const sharesCte = (c) =>
  `SELECT ${who(c, 's')} AS v, ${whoName(c, 's')} AS sharer, s.share_id AS share_id, s.parent_id AS parent_id, s.root_id AS root_id, s.depth AS depth, s.t AS t, s.method AS method, s.channel AS channel, s.page AS page
  FROM shares AS s${joinPersons(c, 's')}${c.excluded ? '' : ' WHERE s.excluded IS NULL'}`;

/**
 * CTEs `sh` (shares), `opens` (of others' cards, in the range: how often somebody opened each), `newcomers` (each new person with the card that brought
 * them), `o` (orders that a share is credited with) and `up`: from each share with an order the way to the top. It
 * climbs only to smaller depths, so a made-up circle ends.
 */
export const shareCtes = (s, c) => [
  ['sh', sharesCte(c)],
  [
    'opened',
    eventsCte(s, c, {
      columns: [`${s.property('share_id')} AS share_id`, `${orderKey()} AS k`, 'is_first_visit'],
      where: `ev.name = 'share_open' AND coalesce(${s.property('own')}, 'false') <> 'true'`,
    }),
  ],
  [
    'opens',
    'SELECT v, share_id, count(*) AS times, min(CASE WHEN is_first_visit THEN k END) AS first_k FROM opened GROUP BY v, share_id',
  ],
  ['newcomers', 'SELECT v, argMin(share_id, first_k) AS share_id FROM opens WHERE first_k IS NOT NULL GROUP BY v'],
  ['o', ordersCte(s, c, { columns: ['order_id', 'day', 'net', 'share_id'], where: "coalesce(o.share_id, '') <> ''" })],
  [
    'up',
    `SELECT sh.share_id AS origin, sh.share_id AS share_id, sh.parent_id AS parent_id, sh.depth AS depth, CAST(1 AS BIGINT) AS hop
  FROM sh WHERE sh.share_id IN (SELECT share_id FROM o)
  UNION ALL
  SELECT up.origin AS origin, sh.share_id AS share_id, sh.parent_id AS parent_id, sh.depth AS depth, up.hop + 1 AS hop
  FROM up JOIN sh ON sh.share_id = up.parent_id WHERE sh.depth < up.depth AND up.hop < 900`,
  ],
  // Each sharer once per order: the nearest of their cards counts.
  [
    'credits',
    `SELECT o.order_id AS order_id, o.v AS buyer, CAST(o.net AS DOUBLE) AS net, sh.v AS v, min(sh.sharer) AS sharer, min(up.hop) AS hop
  FROM o JOIN up ON up.origin = o.share_id JOIN sh ON sh.share_id = up.share_id GROUP BY o.order_id, o.v, o.net, sh.v`,
  ],
];

/** Which share events were made under which campaign: a share itself does not say. */
export const shareCampaigns = (s, c) => [
  'campaigns',
  `SELECT share_id, min(campaign) AS campaign FROM (${eventsCte(s, c, { columns: [`${s.property('share_id')} AS share_id`, "coalesce(ev.source_campaign, '') AS campaign"], where: "ev.name = 'share'", from: null, to: null, filters: false, segments: false })}) AS told GROUP BY share_id`,
];
