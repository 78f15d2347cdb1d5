import { eventsCte, ordersCte, ratio, SESSION } from './common.js';
import { addDays, daysBetween } from './days.js';
import { equal } from './keys.js';

/** What a campaign changed. */
export const campaign = {
  id: 'campaign',
  group: 'goods',
  title: { en: 'Campaign: before, during, after', zh: '活动前中后对比' },
  definition: {
    en: 'The range is the campaign; before and after are as long, directly beside it. People, visits, orders, buyers, revenue net of refunds; with a campaign named, also the people who came by it. After is empty or grows as long as it is not over.',
    zh: '区间即活动期，前后各取等长的紧邻时段：人数、访问、订单、买家、净收入；指定活动名时另计经该活动进入的人数。活动后时段未结束前会继续增长。',
  },
  params: { campaign: { type: 'text', default: null, en: 'utm_campaign of the campaign', zh: '活动的 utm_campaign' } },
  build: (s, c, p) => {
    const length = daysBetween(c.from, c.to) + 1;
    const range = { from: addDays(c.from, -length), to: addDays(c.to, length) };
    const part = `CASE WHEN day < ${s.day(c.from)} THEN 'before' WHEN day <= ${s.day(c.to)} THEN 'during' ELSE 'after' END AS part`;
    const came =
      p.campaign === null ? '0' : `CASE WHEN ev.source_campaign = ${s.text(p.campaign)} AND ev.in_session THEN 1 ELSE 0 END`;
    return {
      ctes: [
        ['e', eventsCte(s, c, { columns: ['day', `${SESSION} AS session_no`, `${came} AS came`], ...range })],
        ['x', `SELECT v, session_no, came, ${part} FROM e`],
        ['o', ordersCte(s, c, { columns: ['day', 'net'], ...range })],
        [
          'sold',
          `SELECT part, count(*) AS orders, count(DISTINCT v) AS buyers, sum(CAST(net AS DOUBLE)) AS revenue FROM (SELECT v, net, ${part} FROM o) AS z GROUP BY 1`,
        ],
        [
          'acts',
          'SELECT part, count(DISTINCT v) AS people, count(DISTINCT session_no) AS visits, count(DISTINCT CASE WHEN came = 1 THEN v END) AS came_people FROM x GROUP BY 1',
        ],
      ],
      select: `SELECT acts.part AS part, acts.people AS people, acts.visits AS visits, acts.came_people AS came_people, coalesce(sold.orders, 0) AS orders, coalesce(sold.buyers, 0) AS buyers, round(coalesce(sold.revenue, 0), 4) AS revenue,
  ${ratio('coalesce(sold.revenue, 0)', 'sold.orders')} AS average_order, ${ratio('coalesce(sold.buyers, 0)', 'acts.people')} AS conversion
FROM acts LEFT JOIN sold ON sold.part = acts.part ORDER BY CASE acts.part WHEN 'before' THEN 1 WHEN 'during' THEN 2 ELSE 3 END`,
      people: { from: 'x', keys: { part: equal('text', 'part') } },
      number: 'people',
    };
  },
};
