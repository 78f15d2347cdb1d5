import { eventsCte } from './common.js';
import { fieldText } from './fields.js';
import { equal } from './keys.js';

/** Which versions are in use. */
export const versions = {
  id: 'versions',
  group: 'health',
  title: { en: 'Versions in use', zh: '在用版本' },
  definition: {
    en: 'Events and people by version of the SDK, the mini-program, the host app or its environment; people may use several.',
    zh: '按 SDK、小程序、平台 App 版本或环境统计事件与人数；一人可能用过多个版本。',
  },
  params: {
    by: {
      type: 'choice',
      values: ['sdk', 'app_version', 'app_env', 'host_version', 'device_os'],
      default: 'sdk',
      en: 'Of what',
      zh: '维度',
    },
    top: { type: 'int', min: 1, max: 500, default: 50, en: 'How many', zh: '最多行数' },
  },
  build: (s, c, { by, top }) => ({
    ctes: [['x', eventsCte(s, c, { columns: ['platform', 'day', `${fieldText(s, by)} AS version`] })]],
    select: `SELECT coalesce(platform, '') AS host, version, count(*) AS events, count(DISTINCT v) AS people, max(day) AS last_day FROM x GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${s.int(top)}`,
    people: {
      from: 'x',
      keys: {
        host: { type: 'text', where: (value) => `coalesce(platform, '') = ${value}` },
        version: equal('text', 'version'),
      },
    },
    number: 'people',
  }),
};
