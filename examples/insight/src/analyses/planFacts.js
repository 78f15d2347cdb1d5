import { eventsCte } from './common.js';
import { equal } from './keys.js';

/** What a number begins with: most values are told apart without an attempt to read them. */
const DIGITS = [...'-.0123456789'].map((letter) => `'${letter}'`).join(', ');

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
  build: (s, c, { top }) => ({
    ctes: [
      [
        'e',
        eventsCte(s, c, {
          columns: ['name', 'day', 'properties'],
          where: "ev.type IN ('auto', 'track', 'identify', 'profile')",
        }),
      ],
      ['pairs', `SELECT v, name, day, ${s.eachEntry('properties')} AS pair FROM e`],
      [
        'valued',
        'SELECT v, name, day, pair.key AS prop_key, pair.value AS val, substring(pair.value, 1, 1) AS head FROM pairs',
      ],
      [
        'x',
        `SELECT v, name, day, prop_key, CASE WHEN head = '[' THEN 'list' WHEN head = '{' THEN 'object' WHEN val IN ('true', 'false') THEN 'bool' WHEN head IN (${DIGITS}) AND ${s.number('val')} IS NOT NULL THEN 'number' ELSE 'text' END AS kind
  FROM valued WHERE val <> ''`,
      ],
    ],
    // People are not counted: of millions of values that would be most of the work.
    select: `SELECT name, prop_key, kind, events, first_day, last_day FROM (
  SELECT name, prop_key, kind, count(*) AS events, min(day) AS first_day, max(day) AS last_day FROM x GROUP BY 1, 2, 3
  UNION ALL
  SELECT name, '' AS prop_key, 'event' AS kind, count(*) AS events, min(day) AS first_day, max(day) AS last_day FROM e GROUP BY 1
) AS facts ORDER BY 1, 2, 3 LIMIT ${s.int(top)}`,
    people: {
      from: 'x',
      keys: { name: equal('text', 'name'), prop_key: equal('text', 'prop_key'), kind: equal('text', 'kind') },
    },
  }),
};
