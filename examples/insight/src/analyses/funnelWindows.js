const BEFORE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING';
const DIRECTLY_BEFORE = 'ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING';

/**
 * `f1` … `fn`: in `sk` the start, as `t * 1000000 + place`, of the latest attempt that this event brings to step k. One
 * window a step: the start that an earlier event reached step k − 1 from. The latest start is the best one, since it
 * leaves most of the window, and the steps of later events never begin earlier, so the greatest is the one.
 */
const stepCtes = (s, { n, strict, windowMs, keys }) => {
  const frame = strict ? DIRECTLY_BEFORE : BEFORE;
  /** What the steps from k on need: every column that is carried is sorted again and again. */
  const carried = (k) => [
    ...['u', 'place', 't', ...keys],
    ...Array.from({ length: n - k }, (_, i) => `m${k + 1 + i}`),
    ...Array.from({ length: k - 1 }, (_, i) => `s${i + 1}, gap${i + 1}`),
  ];
  return Array.from({ length: n }, (_, i) => {
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
    return `min(${first}) AS r${k}, argMin(s${k}, ${first}) AS a${k}, argMin(t - intDiv(s${k}, 1000000), ${first}) AS since${k}, argMin(gap${k}, ${first}) AS g${k}`;
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
        `SELECT u, s${i + 1} AS attempt, ${i + 1} AS reached, min(t) - intDiv(s${i + 1}, 1000000) AS since, argMin(gap${i + 1}, place) AS gap FROM f${n} WHERE s${i + 1} IS NOT NULL GROUP BY u, s${i + 1}`,
    ).join('\n  UNION ALL '),
  ],
  [
    'furthest',
    `SELECT u, attempt, max(reached) AS level, ${Array.from({ length: n }, (_, i) => `min(CASE WHEN reached = ${i + 1} THEN since END) AS since${i + 1}, min(CASE WHEN reached = ${i + 1} THEN gap END) AS gap${i + 1}`).join(', ')} FROM parts GROUP BY u, attempt`,
  ],
];

const unitCtes = (n, unit) => {
  const down = Array.from({ length: n }, (_, i) => n - i);
  return [
    ['firsts', reachedCte(n, unit)],
    [
      'furthest',
      `SELECT u, CASE ${down.map((k) => `WHEN r${k} IS NOT NULL THEN ${k}`).join(' ')} END AS level, CASE ${down.map((k) => `WHEN r${k} IS NOT NULL THEN a${k}`).join(' ')} END AS attempt,
    ${down.map((k) => `since${k}, g${k} AS gap${k}`).join(', ')} FROM firsts`,
    ],
  ];
};

/** The CTEs from `e` to `x`: for each unit the highest step, the person and value of its start, and of each step the times of the attempt that reached it first. */
export const windowCtes = (s, { n, strict, windowMs, keys, by, count, capture }) => [
  // A number for each person: the windows below sort by it, and text is slow to sort.
  ['ids', 'SELECT v, row_number() OVER (ORDER BY v) AS u FROM (SELECT DISTINCT v FROM e) AS everyone'],
  [
    'ranked',
    `SELECT e.*, ids.u AS u, least(row_number() OVER (PARTITION BY ids.u ORDER BY ${capture.map((column) => `e.${column}`).join(', ')}), 999999) AS place FROM e JOIN ids ON ids.v = e.v`,
  ],
  ...stepCtes(s, { n, strict, windowMs, keys }),
  ...(count === 'attempt' ? attemptCtes(n) : unitCtes(n, count === 'session' ? 'session_no' : 'u')),
  [
    'x',
    `SELECT furthest.*, ranked.v AS v, ${by ? 'ranked.value' : "''"} AS value FROM furthest
  JOIN ranked ON ranked.u = furthest.u AND ranked.t * 1000000 + ranked.place = furthest.attempt`,
  ],
];
