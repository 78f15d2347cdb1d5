import { CAPTURE, eventsCte, ratio } from './common.js';
import { stepSql } from './conditions.js';
import { addDays } from './days.js';
import { fieldText } from './fields.js';

const DAY_MS = 86_400_000;
const BEFORE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING';
const DIRECTLY_BEFORE = 'ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING';

/**
 * `f1` … `fn`: in `sk` the start, as `t * 1000000 + place`, of the latest attempt that this event brings to step k. One
 * window a step: the start that an earlier event reached step k − 1 from. The latest start is the best one, since it
 * leaves most of the window, and the steps of later events never begin earlier, so the greatest is the one.
 */
const stepCtes = (s, { steps, strict, windowMs, keys }) => {
  const frame = strict ? DIRECTLY_BEFORE : BEFORE;
  const n = steps.length;
  /** What the steps from k on need: every column that is carried is sorted again and again. */
  const carried = (k) => [
    ...['u', 'place', 't', ...keys],
    ...Array.from({ length: n - k }, (_, i) => `m${k + 1 + i}`),
    ...Array.from({ length: k - 1 }, (_, i) => `s${i + 1}, gap${i + 1}`),
  ];
  return steps.map((_, i) => {
    const k = i + 1;
    if (k === 1) {
      const start = 'CASE WHEN m1 = 1 AND in_range = 1 THEN t * 1000000 + place END';
      return ['f1', `SELECT ${carried(1).join(', ')}, ${start} AS s1, CASE WHEN m1 = 1 THEN 0 END AS gap1 FROM ranked`];
    }
    const over = `OVER (PARTITION BY ${['u', ...keys].join(', ')} ORDER BY place ${frame})`;
    const before = `max(s${k - 1}) ${over} AS start${k}, max(CASE WHEN s${k - 1} IS NOT NULL THEN t END) ${over} AS done${k}`;
    return [
      `f${k}`,
      `SELECT ${carried(k).join(', ')}, CASE WHEN m${k} = 1 AND t * 1000000 - start${k} <= ${s.int(windowMs * 1_000_000)} THEN start${k} END AS s${k}, t - done${k} AS gap${k}
  FROM (SELECT *, ${before} FROM f${k - 1}) AS z`,
    ];
  });
};

/** Per unit: the first event that reached each step, the attempt it belongs to, and the times. */
const reachedCte = (n, unit) => {
  const each = (k) => {
    const first = `CASE WHEN s${k} IS NOT NULL THEN place END`;
    return `min(${first}) AS r${k}, argMin(s${k}, ${first}) AS a${k}, argMin(t, ${first}) AS t${k}, argMin(gap${k}, ${first}) AS g${k}`;
  };
  const ks = Array.from({ length: n }, (_, i) => i + 1);
  return `SELECT ${unit} AS unit, min(u) AS u, ${ks.map(each).join(', ')} FROM f${n} GROUP BY 1 HAVING min(CASE WHEN s1 IS NOT NULL THEN place END) IS NOT NULL`;
};

const attemptCtes = (n) => [
  [
    'parts',
    Array.from(
      { length: n },
      (_, i) =>
        `SELECT u, s${i + 1} AS attempt, ${i + 1} AS reached, min(t) AS at_time, argMin(gap${i + 1}, place) AS gap FROM f${n} WHERE s${i + 1} IS NOT NULL GROUP BY u, s${i + 1}`,
    ).join('\n  UNION ALL '),
  ],
  [
    'furthest',
    `SELECT u, attempt, max(reached) AS level, ${Array.from({ length: n }, (_, i) => `min(CASE WHEN reached = ${i + 1} THEN at_time END) AS t${i + 1}, min(CASE WHEN reached = ${i + 1} THEN gap END) AS g${i + 1}`).join(', ')} FROM parts GROUP BY u, attempt`,
  ],
];

const unitCtes = (n, unit) => {
  const down = Array.from({ length: n }, (_, i) => n - i);
  return [
    ['firsts', reachedCte(n, unit)],
    [
      'furthest',
      `SELECT u, CASE ${down.map((k) => `WHEN r${k} IS NOT NULL THEN ${k}`).join(' ')} END AS level, CASE ${down.map((k) => `WHEN r${k} IS NOT NULL THEN a${k}`).join(' ')} END AS attempt,
    ${down.map((k) => `t${k}, g${k}`).join(', ')} FROM firsts`,
    ],
  ];
};

/** How many take the steps to the goal, and where they turn away. */
export const funnel = {
  id: 'funnel',
  group: 'behaviour',
  title: { en: 'Funnel', zh: '漏斗' },
  definition: {
    en: 'Level: the most steps that follow one another in the order of capture, other events between allowed, with the last at most the window after the first; one event serves one step. Attempts start in the range and may end after it. The attempt that reaches the highest level first counts, of several starts for it the latest: its first event gives the value of the breakdown. Times are low medians.',
    zh: '到达层级：按采集顺序依次发生的最多步数，中间允许其他事件，末步距首步不超过窗口期，一个事件只算一步。起始事件须在区间内，后续步骤可在区间之后。取最先到达最高层级的那次尝试，若有多个起点取最近的一个，拆分值取自其首步事件。时间为低位中位数。',
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
    const keys = [inSession && 'session_id', same && 'same_value'].filter(Boolean);
    // Of one visitor all events are of one installation: its id would only be carried along.
    const capture = c.unit === 'persons' ? CAPTURE : CAPTURE.filter((column) => column !== 'anonymous_id');
    const whens = (of) => steps.map((_, i) => `WHEN step_list.step_no = ${i + 1} THEN ${of(i + 1)}`).join(' ');
    const columns = 'v, got, step_no, gap, since';
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: [
              ...capture,
              ...(inSession ? ['session_id'] : []),
              `CASE WHEN ev.day <= ${s.day(c.to)} THEN 1 ELSE 0 END AS in_range`,
              ...marks,
              ...(by ? [`${fieldText(s, by)} AS value`] : []),
              ...(same ? [`${fieldText(s, same)} AS same_value`] : []),
            ],
            to: addDays(c.to, Math.ceil(windowMs / DAY_MS)),
            where: strict ? '' : any,
          }),
        ],
        // A number for each person: the windows below sort by it, and text is slow to sort.
        ['ids', 'SELECT v, row_number() OVER (ORDER BY v) AS u FROM (SELECT DISTINCT v FROM e) AS everyone'],
        [
          'ranked',
          `SELECT e.*, ids.u AS u, least(row_number() OVER (PARTITION BY ids.u ORDER BY ${capture.map((column) => `e.${column}`).join(', ')}), 999999) AS place FROM e JOIN ids ON ids.v = e.v`,
        ],
        ...stepCtes(s, { steps, strict, windowMs, keys }),
        ...(count === 'attempt' ? attemptCtes(n) : unitCtes(n, count === 'session' ? 'session_id' : 'u')),
        [
          'x',
          `SELECT furthest.*, ranked.v AS v, ranked.t AS began, ${by ? 'ranked.value' : "''"} AS value FROM furthest
  JOIN ranked ON ranked.u = furthest.u AND ranked.t * 1000000 + ranked.place = furthest.attempt`,
        ],
        ['step_list', steps.map((_, i) => `SELECT ${i + 1} AS step_no`).join(' UNION ALL ')],
        [
          'parted',
          `SELECT x.v AS v, CASE WHEN x.level >= step_list.step_no THEN 1 ELSE 0 END AS got, x.value AS value, step_list.step_no AS step_no, CASE ${whens((k) => `x.g${k}`)} END AS gap,
    CASE ${whens((k) => `x.t${k} - x.began`)} END AS since FROM x CROSS JOIN step_list`,
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
