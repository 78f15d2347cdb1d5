import { eventsCte, orderKey, ratio } from './common.js';
import { fieldText } from './fields.js';
import { equal } from './keys.js';

/** Who they are: a segment by a field, held against everyone. */
export const composition = {
  id: 'composition',
  group: 'segments',
  title: { en: 'Composition', zh: '人群构成' },
  definition: {
    en: 'People by the latest value of a field in the range, where it was told. Index: their share of the segment divided by the share of the same value among everyone, times 100; 100 is average. Empty where nobody’s latest value is that one.',
    zh: '按区间内某字段的最新取值统计人数（未上报的不算）。指数（TGI）：该取值在人群中的占比除以在全体中的占比再乘 100；100 为平均；全体中无人取该值时为空。',
  },
  params: {
    by: { type: 'field', default: 'platform', en: 'The field', zh: '字段' },
    top: { type: 'int', min: 1, max: 500, default: 50, en: 'How many values', zh: '最多取值数' },
  },
  build: (s, c, { by, top }) => {
    const told = (segments) =>
      eventsCte(s, c, {
        columns: [`${fieldText(s, by)} AS value`, `${orderKey()} AS k`],
        where: `${fieldText(s, by)} <> ''`,
        segments,
        filters: segments,
      });
    return {
      ctes: [
        ['x', `SELECT v, argMax(value, k) AS value FROM (${told(true)}) AS e GROUP BY v`],
        ['all_people', `SELECT v, argMax(value, k) AS value FROM (${told(false)}) AS e GROUP BY v`],
        ['mine', 'SELECT value, count(*) AS people FROM x GROUP BY 1'],
        ['theirs', 'SELECT value, count(*) AS people FROM all_people GROUP BY 1'],
        ['whole', 'SELECT (SELECT count(*) FROM x) AS mine_count, (SELECT count(*) FROM all_people) AS all_count'],
        [
          'shares',
          `SELECT mine.value AS value, mine.people AS people, ${ratio('mine.people', 'whole.mine_count')} AS share, ${ratio('coalesce(theirs.people, 0)', 'whole.all_count')} AS share_of_all FROM mine LEFT JOIN theirs ON theirs.value = mine.value CROSS JOIN whole`,
        ],
      ],
      select: `SELECT value, people, share, share_of_all, round(share / nullif(share_of_all, 0) * 100, 4) AS affinity FROM shares ORDER BY 2 DESC, 1 LIMIT ${s.int(top)}`,
      people: { from: 'x', keys: { value: equal('text', 'value') } },
      number: 'people',
    };
  },
};
