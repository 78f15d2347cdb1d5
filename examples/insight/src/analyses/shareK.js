import { eventsCte, orderKey, ratio } from './common.js';
import { addDays } from './days.js';
import { equal } from './keys.js';

/** Whether the shop grows by itself. */
export const shareK = {
  id: 'shareK',
  group: 'share',
  title: { en: 'Viral coefficient K', zh: '病毒系数 K' },
  definition: {
    en: 'For the people active on a day: new people whose first open was of one of their cards, both made and opened within the window from that day on, divided by those people. K = cards per member × opens per card × new people per open. Days whose window is not over may still grow.',
    zh: '对某日的活跃者：窗口期内其生成并被打开的卡片所带来的新客数，除以这些活跃者。K = 人均卡片 × 每卡打开 × 每次打开带来的新客。窗口未结束的日期仍会增长。',
  },
  params: {
    windowDays: {
      type: 'int',
      min: 1,
      max: 30,
      default: 7,
      en: 'Window in days, the day itself included',
      zh: '窗口天数（含当日）',
    },
  },
  build: (s, c, { windowDays }) => {
    const until = addDays(c.to, windowDays);
    const open = eventsCte(s, c, {
      columns: [`${s.property('share_id')} AS share_id`, 'day', 'is_first_visit', `${orderKey()} AS k`],
      where: `ev.name = 'share_open' AND coalesce(${s.property('own')}, 'false') <> 'true'`,
      to: until,
      segments: false,
    });
    return {
      ctes: [
        ['members', `SELECT DISTINCT v, day FROM (${eventsCte(s, c, { columns: ['day'] })}) AS e`],
        [
          'cards',
          `SELECT v, share_id, min(day) AS day FROM (${eventsCte(s, c, { columns: ['day', `${s.property('share_id')} AS share_id`], where: "ev.name = 'share'", to: until, segments: false })}) AS e GROUP BY 1, 2`,
        ],
        ['opens', open],
        ['newcomers', 'SELECT v, argMin(share_id, k) AS share_id, min(day) AS day FROM opens WHERE is_first_visit GROUP BY v'],
        [
          'their_cards',
          `SELECT members.day AS day, cards.share_id AS share_id FROM members JOIN cards ON cards.v = members.v WHERE cards.day >= members.day AND cards.day < members.day + ${s.days(windowDays)}`,
        ],
        [
          'their_opens',
          `SELECT their_cards.day AS day, count(*) AS opens FROM their_cards JOIN opens ON opens.share_id = their_cards.share_id WHERE opens.day >= their_cards.day AND opens.day < their_cards.day + ${s.days(windowDays)} GROUP BY 1`,
        ],
        [
          'x',
          `SELECT their_cards.day AS day, newcomers.v AS v FROM their_cards JOIN newcomers ON newcomers.share_id = their_cards.share_id WHERE newcomers.day >= their_cards.day AND newcomers.day < their_cards.day + ${s.days(windowDays)}`,
        ],
        ['a', 'SELECT day, count(*) AS members FROM members GROUP BY 1'],
        ['b', 'SELECT day, count(*) AS cards FROM their_cards GROUP BY 1'],
        ['n', 'SELECT day, count(DISTINCT v) AS new_people FROM x GROUP BY 1'],
        [
          'joined',
          'SELECT a.day AS day, a.members AS members, coalesce(b.cards, 0) AS cards, coalesce(t.opens, 0) AS opens, coalesce(n.new_people, 0) AS new_people FROM a LEFT JOIN b ON b.day = a.day LEFT JOIN their_opens AS t ON t.day = a.day LEFT JOIN n ON n.day = a.day',
        ],
      ],
      select: `SELECT day, members, cards, opens, new_people, ${ratio('new_people', 'members')} AS k, ${ratio('cards', 'members')} AS cards_per_member, ${ratio('opens', 'cards')} AS opens_per_card, ${ratio('new_people', 'opens')} AS new_per_open FROM joined ORDER BY 1`,
      people: { from: 'x', keys: { day: equal('day', 'day') } },
      number: 'new_people',
    };
  },
  shape: (rows, { c, p }) => rows.map((row) => ({ ...row, finished: addDays(row.day, p.windowDays) <= c.today })),
};
