import { eventsCte } from './common.js';
import { equal } from './keys.js';

/** Codes of the first letter, since most values are told apart by it: a number begins with one of -./0123456789. */
const [LIST, OBJECT, MINUS, NINE] = [...'[{-9'].map((letter) => letter.charCodeAt(0));
/** Grouped as a number: text is slow to group by. */
const KIND = "CASE kind_number WHEN 0 THEN 'list' WHEN 1 THEN 'object' WHEN 2 THEN 'bool' WHEN 3 THEN 'number' ELSE 'text' END";

/** Which properties arrive, of which kind: what the tracking plan is held against. */
export const planFacts = {
  id: 'planFacts',
  group: 'plan',
  title: { en: 'What arrives', zh: '实际上报' },
  definition: {
    en: 'Per event and property: in how many events it has a value, and of which kind each value looks: number, bool, list, object, else text. The empty property stands for the event itself.',
    zh: '每个事件与属性：有值的事件数，以及取值形态：数字、布尔、列表、对象，其余为文本。空属性名代表事件本身。',
  },
  params: { top: { type: 'int', min: 1, max: 20_000, default: 5000, en: 'How many rows', zh: '最多行数' } },
  build: (s, c, { top }) => {
    const v = c.named ? 'v, ' : '';
    return {
      ctes: [
        ['e', eventsCte(s, c, { columns: ['name', 'day', 'properties'], people: false })],
        // Apart from `e`: DuckDB would write out a list that is named twice, all ten millions of it.
        ['named', eventsCte(s, c, { columns: ['name', 'day'], people: false })],
        ['pairs', `SELECT ${v}name, day, ${s.eachEntry('properties')} AS pair FROM e`],
        ['valued', `SELECT ${v}name, day, pair.key AS prop_key, pair.value AS val, ascii(pair.value) AS head FROM pairs`],
        [
          'x',
          `SELECT ${v}name, day, prop_key, CASE WHEN head = ${LIST} THEN 0 WHEN head = ${OBJECT} THEN 1 WHEN val IN ('true', 'false') THEN 2 WHEN head BETWEEN ${MINUS} AND ${NINE} AND ${s.number('val')} IS NOT NULL THEN 3 ELSE 4 END AS kind_number
  FROM valued WHERE val <> ''`,
        ],
      ],
      // People are not counted: of millions of values that would be most of the work.
      select: `SELECT name, prop_key, kind, events, first_day, last_day FROM (
  SELECT name, prop_key, ${KIND} AS kind, events, first_day, last_day FROM (
    SELECT name, prop_key, kind_number, count(*) AS events, min(day) AS first_day, max(day) AS last_day FROM x GROUP BY 1, 2, 3
  ) AS counted
  UNION ALL
  SELECT name, '' AS prop_key, 'event' AS kind, count(*) AS events, min(day) AS first_day, max(day) AS last_day FROM named GROUP BY 1
) AS facts ORDER BY 1, 2, 3 LIMIT ${s.int(top)}`,
      people: {
        from: 'x',
        keys: { name: equal('text', 'name'), prop_key: equal('text', 'prop_key'), kind: equal('text', KIND) },
      },
    };
  },
};
