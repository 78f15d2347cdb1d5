import { eventsCte, orderKey, ratio } from './common.js';
import { stepSql } from './conditions.js';
import { equal } from './keys.js';

const STEPS = ['started', 'shared', 'opened', 'joined', 'completed'];

/** Group buying, bargaining and boosting: one asks, friends answer by a card. */
export const groups = {
  id: 'groups',
  group: 'share',
  title: { en: 'Group buying, bargaining, boosting', zh: '拼团、砍价、助力' },
  definition: {
    en: 'A group is a value of the property by which its events belong together. Steps: started in the range; a card was shared by one of its people after they came into it; such a card was opened by somebody else; somebody else joined; completed. A group counts for the furthest step such that all before it are reached, too. People brought: members whose first visit was by one of its cards.',
    zh: '以某属性取值标识一个团。步骤：区间内发起；成员加入后分享了卡片；卡片被他人打开；有他人参与；完成。计入前面各步均达到的最远一步。带来的新客：首次访问即经该团卡片进入的成员。',
  },
  params: {
    start: { type: 'step', default: { event: 'group_started' }, en: 'Somebody starts', zh: '发起事件' },
    join: { type: 'step', default: { event: 'group_joined' }, en: 'Somebody else takes part', zh: '参与事件' },
    done: { type: 'step', default: { event: 'group_completed' }, en: 'It is completed', zh: '完成事件' },
    key: { type: 'text', default: 'group_id', en: 'The property that names the group', zh: '标识团的属性' },
  },
  build: (s, c, { start, join, done, key }) => {
    const of = (step, from = c.from) =>
      eventsCte(s, c, {
        columns: [`${s.property(key)} AS grp`, `${orderKey()} AS k`],
        where: `${stepSql(s, step)} AND ${s.property(key)} IS NOT NULL`,
        from,
        to: from === c.from ? c.to : null,
      });
    return {
      ctes: [
        ['starts', `SELECT grp, argMin(v, k) AS starter, min(k) AS k FROM (${of(start)}) AS e GROUP BY 1`],
        ['joins', of(join, null)],
        [
          'members',
          'SELECT grp, v, min(k) AS k FROM (SELECT grp, starter AS v, k FROM starts UNION ALL SELECT grp, v, k FROM joins) AS e WHERE grp IN (SELECT grp FROM starts) GROUP BY 1, 2',
        ],
        [
          'sharing',
          eventsCte(s, c, {
            columns: [`${s.property('share_id')} AS share_id`, `${orderKey()} AS k`],
            where: "ev.name = 'share'",
            to: null,
          }),
        ],
        [
          'opening',
          eventsCte(s, c, {
            columns: [`${s.property('share_id')} AS share_id`, 'is_first_visit'],
            where: `ev.name = 'share_open' AND coalesce(${s.property('own')}, 'false') <> 'true'`,
            to: null,
          }),
        ],
        [
          'cards',
          'SELECT DISTINCT members.grp AS grp, sharing.share_id AS share_id FROM members JOIN sharing ON sharing.v = members.v WHERE sharing.k >= members.k',
        ],
        [
          'opened',
          'SELECT cards.grp AS grp, opening.v AS v, max(CASE WHEN opening.is_first_visit THEN 1 ELSE 0 END) AS fresh FROM cards JOIN opening ON opening.share_id = cards.share_id GROUP BY 1, 2',
        ],
        [
          'others',
          'SELECT members.grp AS grp, members.v AS v FROM members JOIN starts ON starts.grp = members.grp WHERE members.v <> starts.starter',
        ],
        ['completed', `SELECT DISTINCT grp FROM (${of(done, null)}) AS e`],
        [
          'joined_new',
          'SELECT others.grp AS grp, count(*) AS new_people FROM others JOIN opened ON opened.grp = others.grp AND opened.v = others.v WHERE opened.fresh = 1 GROUP BY 1',
        ],
        ['joined', 'SELECT grp, count(*) AS joined FROM others GROUP BY 1'],
        [
          'levels',
          `SELECT starts.grp AS grp, starts.starter AS v, coalesce(joined.joined, 0) AS joined, coalesce(joined_new.new_people, 0) AS new_people,
    CASE WHEN starts.grp NOT IN (SELECT grp FROM cards) THEN 1 WHEN starts.grp NOT IN (SELECT grp FROM opened) THEN 2 WHEN joined.joined IS NULL THEN 3 WHEN starts.grp NOT IN (SELECT grp FROM completed) THEN 4 ELSE 5 END AS level
  FROM starts LEFT JOIN joined ON joined.grp = starts.grp LEFT JOIN joined_new ON joined_new.grp = starts.grp`,
        ],
        ['steps', STEPS.map((name, i) => `SELECT ${i + 1} AS step, '${name}' AS name`).join(' UNION ALL ')],
        [
          'x',
          'SELECT steps.step AS step, steps.name AS name, levels.grp AS grp, levels.v AS v, levels.joined AS joined, levels.new_people AS new_people FROM levels CROSS JOIN steps WHERE levels.level >= steps.step',
        ],
        ['whole', 'SELECT count(*) AS everything FROM levels'],
      ],
      select: `SELECT step, name, count(*) AS started_groups, count(DISTINCT v) AS people, sum(joined) AS joined, sum(new_people) AS new_people, ${ratio('count(*)', 'max(everything)')} AS from_first FROM x CROSS JOIN whole GROUP BY 1, 2 ORDER BY 1`,
      people: { from: 'x', keys: { step: equal('int', 'step') } },
      number: 'people',
    };
  },
};
