import { eventsCte } from './common.js';
import { equal } from './keys.js';

/** What is not counted, and why. */
export const excludedTraffic = {
  id: 'excludedTraffic',
  group: 'health',
  title: { en: 'Excluded traffic', zh: '已排除的流量' },
  definition: {
    en: 'Events by the reason for which no report counts them unless told to: test (a version that is not released), automated, single_page (preview in Moments), own (own cards), overridden (forced variants). The empty reason is what counts.',
    zh: '默认不计入报表的事件及原因：test 非正式版本、automated 自动化访问、single_page 朋友圈单页预览、own 打开自己的卡片、overridden 被强制的实验版本。空原因为计入的流量。',
  },
  params: {},
  build: (s, c) => ({
    ctes: [['x', eventsCte(s, { ...c, excluded: true }, { columns: ["coalesce(ev.excluded, '') AS reason"] })]],
    select: 'SELECT reason, count(*) AS events, count(DISTINCT v) AS people FROM x GROUP BY 1 ORDER BY 1',
    people: { from: 'x', keys: { reason: equal('text', 'reason') } },
    number: 'people',
  }),
};
