/** What the collector was sent, hour by hour. */
export const requests = {
  id: 'requests',
  group: 'health',
  title: { en: 'Requests', zh: '收数请求' },
  definition: {
    en: 'Batches by the hour of their arrival: events in them, events that were there already (repeats), events that were refused.',
    zh: '按到达小时统计批次：事件数、重复事件数、被拒事件数。',
  },
  params: {
    hours: {
      type: 'int',
      min: 1,
      max: 2400,
      default: 48,
      en: 'The last so many hours with requests',
      zh: '最近有请求的小时数',
    },
  },
  build: (s, _c, { hours }) => ({
    ctes: [
      ['x', 'SELECT CAST(floor(received_at / 3600000) AS BIGINT) AS hour_number, events, repeats, rejected FROM arrivals'],
    ],
    select: `SELECT hour_number, count(*) AS batches, sum(events) AS events, sum(repeats) AS repeats, sum(rejected) AS rejected FROM x GROUP BY 1 ORDER BY 1 DESC LIMIT ${s.int(hours)}`,
  }),
  shape: (rows) => rows.map(({ hour_number, ...row }) => ({ began_at: hour_number * 3_600_000, ...row })),
};
