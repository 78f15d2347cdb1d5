/** Whom ids joined: a phone that many people log in on joins them all. */
export const identities = {
  id: 'identities',
  group: 'health',
  title: { en: 'Joined installations', zh: '身份合并' },
  definition: {
    en: 'People with several installations or logins, those with the most login ids first: more than three logins in one person are likely different people on one device without reset().',
    zh: '有多个安装或多个登录号的人，登录号最多者在前；一个人名下超过三个登录号，多半是多人共用设备且未调用 reset()。',
  },
  params: {
    logins: {
      type: 'int',
      min: 0,
      max: 1000,
      default: 0,
      en: 'With more than so many logins; 0: also without one',
      zh: '登录号多于；0 为不限',
    },
    top: { type: 'int', min: 1, max: 5000, default: 100, en: 'How many people', zh: '最多人数' },
  },
  build: (s, _c, { logins, top }) => ({
    ctes: [
      [
        'joined',
        'SELECT DISTINCT p.person AS person, l.anonymous_id AS anonymous_id, l.kind AS kind, l.id AS id FROM persons AS p JOIN links AS l ON l.anonymous_id = p.anonymous_id',
      ],
      [
        'counted',
        `SELECT person, count(DISTINCT anonymous_id) AS installations, count(DISTINCT CASE WHEN kind = 'user_id' THEN id END) AS logins, count(DISTINCT CASE WHEN kind <> 'user_id' THEN id END) AS other_ids FROM joined GROUP BY 1`,
      ],
      [
        'x',
        `SELECT person AS v, installations, logins, other_ids FROM counted WHERE (installations > 1 OR logins > 1)${logins > 0 ? ` AND logins > ${s.int(logins)}` : ''}`,
      ],
    ],
    select: `SELECT v AS person, installations, logins, other_ids, 1 AS people FROM x ORDER BY 3 DESC, 2 DESC, 1 LIMIT ${s.int(top)}`,
    people: { from: 'x', keys: { person: { type: 'text', where: (value) => `v = ${value}` } } },
    number: 'people',
  }),
};
