import { eventsCte, ordersCte, ratio } from './common.js';
import { equal } from './keys.js';

const weekday = "CAST((day - CAST('1970-01-05' AS DATE)) % 7 AS BIGINT)";

/** When to act. */
export const bestHour = {
  id: 'bestHour',
  group: 'goods',
  title: { en: 'Best hour and weekday', zh: '最佳时段' },
  definition: {
    en: 'By weekday (0 is Monday) and hour of the shop’s zone: orders, revenue, people active in that hour (each once a day), and orders per active person. Act on the rate; the count only says when people are there.',
    zh: '按星期（0 为周一）与店铺时区的小时统计：订单、收入、该时段活跃人次（每人每天计一次）及每活跃人次的订单数。应看比率，数量只说明何时有人在。',
  },
  params: {},
  build: (s, c) => ({
    ctes: [
      ['e', eventsCte(s, c, { columns: ['day', 'hour'], where: "ev.type = 'auto' OR ev.type = 'track'" })],
      ['x', `SELECT DISTINCT v, ${weekday} AS weekday, hour, day FROM e`],
      ['o', ordersCte(s, c, { columns: ['day', 'hour', 'net'] })],
      ['there', 'SELECT weekday, hour, count(*) AS active, count(DISTINCT v) AS people FROM x GROUP BY 1, 2'],
      [
        'sold',
        `SELECT ${weekday} AS weekday, hour, count(*) AS orders, sum(CAST(net AS DOUBLE)) AS revenue FROM o GROUP BY 1, 2`,
      ],
    ],
    select: `SELECT there.weekday AS weekday, there.hour AS hour, there.active AS active, there.people AS people, coalesce(sold.orders, 0) AS orders, round(coalesce(sold.revenue, 0), 4) AS revenue, ${ratio('coalesce(sold.orders, 0)', 'there.active')} AS rate
FROM there LEFT JOIN sold ON sold.weekday = there.weekday AND sold.hour = there.hour ORDER BY 1, 2`,
    people: { from: 'x', keys: { weekday: equal('int', 'weekday'), hour: equal('int', 'hour') } },
    number: 'people',
  }),
};
