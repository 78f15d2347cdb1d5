import { eventsCte } from './common.js';
import { equal } from './keys.js';

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
      ['e', eventsCte(s, c, { columns: ['name', 'day', 'properties'], where: "ev.type IN ('auto', 'track', 'identify', 'profile')" })],
      ['pairs', `SELECT v, name, day, properties, ${s.eachKey('properties')} AS prop_key FROM e`],
      [
        'valued',
        "SELECT v, name, day, prop_key, nullif(properties[prop_key], '') AS val FROM pairs",
      ],
      [
        'x',
        `SELECT v, name, day, prop_key, CASE WHEN val IN ('true', 'false') THEN 'bool' WHEN substring(val, 1, 1) = '[' THEN 'list' WHEN substring(val, 1, 1) = '{' THEN 'object' WHEN ${s.number('val')} IS NOT NULL THEN 'number' ELSE 'text' END AS kind
  FROM valued WHERE val IS NOT NULL
  UNION ALL SELECT v, name, day, '' AS prop_key, 'event' AS kind FROM e`,
      ],
    ],
    select: `SELECT name, prop_key, kind, count(*) AS events, count(DISTINCT v) AS people, min(day) AS first_day, max(day) AS last_day FROM x GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { name: equal('text', 'name'), prop_key: equal('text', 'prop_key'), kind: equal('text', 'kind') } },
    number: 'people',
  }),
};
