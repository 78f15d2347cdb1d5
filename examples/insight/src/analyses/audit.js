import { addDays } from './days.js';
import { equal } from './keys.js';

/** Did everything arrive? */
export const audit = {
  id: 'audit',
  group: 'health',
  title: { en: 'Audit', zh: '完整性审计' },
  definition: {
    en: 'Per launch of an installation that began in the range, all traffic: accepted is the highest seq + 1, arrived how many different events came, missing the difference; reported is what the device says it gave up, by the launch that says so. Such a report tells how many and not of which launch, so it explains what is missing in the device’s oldest launches first. Unexplained: missing beyond that, in launches older than 7 days; in younger ones it may still arrive.',
    zh: '区间内开始的每次启动（含全部流量）：采集数为最大 seq + 1，到达数为收到的不同事件数，缺失为两者之差；已上报丢弃为设备自述，按上报时的启动统计；上报只说数量、不说属于哪次启动，因此先用于解释该设备最早的缺失。未解释缺失：启动满 7 天后超出上述部分的缺失；未满 7 天的仍可能到达。',
  },
  params: {},
  build: (s, c) => ({
    ctes: [
      [
        'launches_seen',
        "SELECT anonymous_id AS v, boot, min(day) AS day, max(seq) + 1 AS accepted, count(*) AS arrived FROM events WHERE type <> 'server' GROUP BY 1, 2",
      ],
      ['reports', 'SELECT anonymous_id AS v, boot, sum(n) AS reported FROM drops GROUP BY 1, 2'],
      ['given_up', 'SELECT v, sum(reported) AS total FROM reports GROUP BY 1'],
      [
        'running',
        'SELECT v, boot, day, accepted, arrived, greatest(0, accepted - arrived) AS missing, sum(greatest(0, accepted - arrived)) OVER (PARTITION BY v ORDER BY boot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS missing_so_far FROM launches_seen',
      ],
      [
        'x',
        `SELECT l.v AS v, l.boot AS boot, l.day AS day, l.accepted AS accepted, l.arrived AS arrived, l.missing AS missing, coalesce(r.reported, 0) AS reported,
    CASE WHEN l.day < ${s.day(addDays(c.today, -7))} THEN greatest(0, least(l.missing, l.missing_so_far - coalesce(g.total, 0))) ELSE 0 END AS unexplained
  FROM running AS l LEFT JOIN reports AS r ON r.v = l.v AND r.boot = l.boot LEFT JOIN given_up AS g ON g.v = l.v WHERE l.day >= ${s.day(c.from)} AND l.day <= ${s.day(c.to)}`,
      ],
    ],
    select: `SELECT day, count(*) AS launches, count(DISTINCT v) AS people, sum(accepted) AS accepted, sum(arrived) AS arrived, sum(missing) AS missing, sum(reported) AS reported, sum(unexplained) AS unexplained FROM x GROUP BY 1 ORDER BY 1`,
    more: {
      incomplete:
        'SELECT v AS visitor, boot, day, accepted, arrived, missing, reported, unexplained FROM x WHERE missing > 0 ORDER BY unexplained DESC, missing DESC, v, boot LIMIT 100',
    },
    people: { from: 'x', keys: { day: equal('day', 'day') } },
    number: 'people',
  }),
};
