import { eventsCte, periodOf } from './common.js';
import { stepSql } from './conditions.js';
import { fieldSql, fieldText, fieldType, isColumn } from './fields.js';
import { equal } from './keys.js';

/** How often, by how many, how much: over time, and by the values of a field. */
export const trend = {
  id: 'trend',
  group: 'events',
  title: { en: 'Trend', zh: '事件趋势' },
  definition: {
    en: 'Events that match, those who did them, and sum, mean and low median of a number among their fields; per period, and by the most frequent values of a field. Who falls under “others” is counted anew, not added up; people of a week are not the sum of its days.',
    zh: '符合条件的事件次数、人数，以及某个数值字段的合计、均值与低位中位数；可按周期与某字段的高频取值拆分。“其他”中的人数重新去重，不是相加；周人数不等于各日人数之和。',
  },
  params: {
    step: { type: 'step', default: { event: '*' }, en: 'The event', zh: '事件' },
    interval: {
      type: 'choice',
      values: ['day', 'week', 'month', 'hour', 'all'],
      default: 'day',
      en: 'Period; hour is the hour of the day',
      zh: '周期；hour 为一天中的小时',
    },
    by: { type: 'field', default: null, en: 'Split by this field', zh: '按此字段拆分' },
    number: { type: 'field', default: null, en: 'The number to add up', zh: '要汇总的数值字段' },
    top: { type: 'int', min: 1, max: 100, default: 20, en: 'How many values before “others”', zh: '“其他”之前保留的取值数' },
  },
  build: (s, c, { step, interval, by, number, top }) => {
    const period = interval === 'hour' ? 'ev.hour' : interval === 'all' ? '0' : periodOf(interval, 'ev.day');
    const field = number && (fieldType(number) === 'number' ? fieldSql(s, number) : s.number(fieldSql(s, number)));
    const value = by ? fieldText(s, by) : "''";
    const where = stepSql(s, step);
    const isRead = by && !isColumn(by);
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: [`${period} AS period`, `${value} AS value`, ...(field ? [`CAST(${field} AS DOUBLE) AS number`] : [])],
            where,
          }),
        ],
        // DuckDB writes out a list that is named twice, all ten millions of it. That is worth it for keys of a map only.
        ['valued', isRead ? 'SELECT value FROM e' : eventsCte(s, c, { columns: [`${value} AS value`], where, people: false })],
        [
          'places',
          `SELECT value, row_number() OVER (ORDER BY n DESC, value) AS place FROM (SELECT value, count(*) AS n FROM valued GROUP BY 1) AS counted`,
        ],
        [
          'x',
          `SELECT e.v AS v, e.period AS period, ${field ? 'e.number AS number, ' : ''}CASE WHEN places.place <= ${s.int(top)} THEN 0 ELSE 1 END AS other,
    CASE WHEN places.place <= ${s.int(top)} THEN e.value ELSE '' END AS value
  FROM e JOIN places ON places.value = e.value`,
        ],
      ],
      select: `SELECT period, other, value, count(*) AS events, count(DISTINCT v) AS people, CAST(count(*) AS DOUBLE) / count(DISTINCT v) AS events_per_person${
        field ? ', round(sum(number), 4) AS total, avg(number) AS mean, ' + s.medianLow('number') + ' AS median' : ''
      } FROM x GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      people: {
        from: 'x',
        keys: {
          period: equal(interval === 'hour' || interval === 'all' ? 'int' : 'day', 'period'),
          other: equal('int', 'other'),
          value: equal('text', 'value'),
        },
      },
      number: 'people',
    };
  },
};
