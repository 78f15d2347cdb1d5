import { CAPTURE, eventsCte, ratio } from './common.js';
import { stepSql } from './conditions.js';
import { addDays } from './days.js';
import { fieldText } from './fields.js';
import { asofCtes } from './funnelAsof.js';
import { windowCtes } from './funnelWindows.js';

const DAY_MS = 86_400_000;
const DIRECTLY_BEFORE = 'ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING';

/** How many take the steps to the goal, and where they turn away. */
export const funnel = {
  id: 'funnel',
  group: 'behaviour',
  title: { en: 'Funnel', zh: '漏斗' },
  definition: {
    en: 'Level: the most steps that follow one another in the order of capture, other events between allowed, with the last at most the window after the first; one event serves one step. Attempts start in the range and may end after it. The attempt that reaches the highest level first counts, of several starts for it the latest: its first event gives the value of the breakdown. The times of a step are those of the attempt that reached it first, as low medians.',
    zh: '到达层级：按采集顺序依次发生的最多步数，中间允许其他事件，末步距首步不超过窗口期，一个事件只算一步。起始事件须在区间内，后续步骤可在区间之后。取最先到达最高层级的那次尝试，若有多个起点取最近的一个，拆分值取自其首步事件。各步的时间取自最先到达该步的那次尝试，为低位中位数。',
  },
  params: {
    steps: {
      type: 'steps',
      min: 2,
      max: 8,
      default: [
        { event: 'product_viewed' },
        { event: 'product_added' },
        { event: 'checkout_started' },
        { event: 'order_paid' },
      ],
      en: '2 to 8 steps: events with conditions',
      zh: '2 至 8 步：事件与条件',
    },
    windowMs: { type: 'int', min: 1000, max: 90 * DAY_MS, default: DAY_MS, en: 'Window in milliseconds', zh: '窗口期（毫秒）' },
    strict: {
      type: 'bool',
      default: false,
      en: 'Each step directly after the one before: no other event between',
      zh: '步骤须紧邻，中间不得有其他事件',
    },
    sameSession: { type: 'bool', default: false, en: 'All steps in one session', zh: '所有步骤在同一会话内' },
    same: { type: 'field', default: null, en: 'All steps with the same value of this field', zh: '所有步骤该字段取值相同' },
    count: {
      type: 'choice',
      values: ['unit', 'session', 'attempt'],
      default: 'unit',
      en: 'Count people, sessions or attempts',
      zh: '按人、会话或尝试次数计数',
    },
    by: { type: 'field', default: null, en: 'Split by this field of the first step', zh: '按首步事件的字段拆分' },
  },
  build: (s, c, { steps, windowMs, strict, sameSession, same, count, by }) => {
    const n = steps.length;
    const inSession = sameSession || count === 'session';
    const marks = steps.map((step, i) => `CASE WHEN ${stepSql(s, step)} THEN 1 ELSE 0 END AS m${i + 1}`);
    const any = steps.map((step) => `(${stepSql(s, step)})`).join(' OR ');
    const keys = [inSession && 'session_no', same && 'same_value'].filter(Boolean);
    // Of one visitor all events are of one installation: its id would only be carried along.
    const capture = c.unit === 'persons' ? CAPTURE : CAPTURE.filter((column) => column !== 'visitor_no');
    const whens = (of) => steps.map((_, i) => `WHEN step_list.step_no = ${i + 1} THEN ${of(i + 1)}`).join(' ');
    const columns = 'v, got, step_no, gap, since';
    const range = { to: addDays(c.to, Math.ceil(windowMs / DAY_MS)), where: strict ? '' : any };
    const given = { n, strict, windowMs, keys, by, count, capture };
    const attempts =
      s.dialect.name === 'duckdb'
        ? [['seen', eventsCte(s, c, { columns: ['visitor_no'], to: range.to, kept: true })], ...asofCtes(s, given)]
        : windowCtes(s, given);
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: [
              ...CAPTURE,
              ...(inSession ? ['session_no'] : []),
              `CASE WHEN ev.day <= ${s.day(c.to)} THEN 1 ELSE 0 END AS in_range`,
              ...marks,
              ...(by ? [`${fieldText(s, by)} AS value`] : []),
              ...(same ? [`${fieldText(s, same)} AS same_value`] : []),
            ],
            ...range,
          }),
        ],
        ...attempts,
        ['step_list', steps.map((_, i) => `SELECT ${i + 1} AS step_no`).join(' UNION ALL ')],
        [
          'parted',
          `SELECT x.v AS v, CASE WHEN x.level >= step_list.step_no THEN 1 ELSE 0 END AS got, x.value AS value, step_list.step_no AS step_no, CASE ${whens((k) => `x.gap${k}`)} END AS gap,
    CASE ${whens((k) => `x.since${k}`)} END AS since FROM x CROSS JOIN step_list`,
        ],
        [
          'both_parts',
          `SELECT 1 AS total, '' AS value, ${columns} FROM parted${by ? `\n  UNION ALL SELECT 0 AS total, value, ${columns} FROM parted` : ''}`,
        ],
        [
          'shown',
          `SELECT total, value, step_no AS step, sum(got) AS reached, count(DISTINCT CASE WHEN got = 1 THEN v END) AS people,
    ${s.medianLow('CASE WHEN got = 1 THEN gap END')} AS median_ms, ${s.medianLow('CASE WHEN got = 1 THEN since END')} AS median_from_start_ms
  FROM both_parts GROUP BY 1, 2, 3`,
        ],
        [
          'beside',
          `SELECT total, value, step, reached, people, median_ms, median_from_start_ms, max(CASE WHEN step = 1 THEN reached END) OVER (PARTITION BY total, value) AS of_first,
    max(reached) OVER (PARTITION BY total, value ORDER BY step ${DIRECTLY_BEFORE}) AS of_last FROM shown`,
        ],
      ],
      select: `SELECT total, value, step, reached, people, ${ratio('reached', 'of_first')} AS from_first, ${ratio('reached', 'of_last')} AS from_last, median_ms, median_from_start_ms
FROM beside ORDER BY 1 DESC, 2, 3`,
      people: {
        from: 'x',
        keys: {
          step: { type: 'int', where: (value) => `level >= ${value}` },
          lost: { type: 'int', where: (value) => `level = ${value} - 1` },
          value: { type: 'text', where: (value) => `value = ${value}` },
        },
      },
      number: 'people',
      cells: (rows) => rows.map(({ total, step, value }) => (total ? { step } : { step, value })),
    };
  },
};
