/**
 * The attempts of a funnel for DuckDB, step by step: of each event of step k the latest event before it that reached step
 * k − 1. Only what a step needs is sorted, so it takes a third of the time of the windows over all events. ClickHouse computes a CTE
 * again wherever it is named, and so takes several times longer: for it there are the windows of `funnelWindows.js`.
 *
 * The attempt of such an event is that of the latest event of step k − 1: later events never belong to earlier starts.
 */

/**
 * `ranked`: everything in the order of capture. `place` is a number for all; text is slow to sort, so people (`u`) and
 * installations (`a`) are numbers. They are counted in `seen`, whom any event of the time is of: a list of millions that is named
 * twice is written out, and `e` is wide.
 */
const rankedCtes = ({ n, strict, keys, by }) => {
  const marks = ['in_range', ...Array.from({ length: n }, (_, i) => `m${i + 1}`)];
  const kept = ['t', ...keys, ...(by ? ['value'] : [])];
  const read = [...kept, 'boot', 'seq'].map((column) => `e.${column} AS ${column}`);
  const previous = `, lag(place) OVER (PARTITION BY ${['u', ...keys].join(', ')} ORDER BY place) AS previous`;
  return [
    [
      'ids',
      `SELECT visitor_no, v, CAST(row_number() OVER (ORDER BY visitor_no) AS INTEGER) AS a, CAST(dense_rank() OVER (ORDER BY v) AS INTEGER) AS u
  FROM (SELECT DISTINCT visitor_no, v FROM seen) AS everyone`,
    ],
    [
      'keyed',
      `SELECT ids.u AS u, ids.a AS a, ${[...read, ...marks.map((mark) => `e.${mark} = 1 AS ${mark}`)].join(', ')} FROM e JOIN ids ON ids.visitor_no = e.visitor_no`,
    ],
    [
      'placed',
      `SELECT ${['u', 'a', ...kept, ...marks].join(', ')}, row_number() OVER (ORDER BY u, t, boot, seq, a) AS place FROM keyed`,
    ],
    ['ranked', `SELECT *${strict ? previous : ''} FROM placed`],
  ];
};

/** `f1` … `fn`: the events that reach a step, with the place and time of the start and the time since the step before. */
const stepCtes = (s, { n, strict, windowMs, keys, by }) => {
  const own = ['u', 'place', 't', ...keys];
  const same = ['u', ...keys].map((key) => `reached.${key} = candidate.${key}`).join(' AND ');
  const join = (k) =>
    strict
      ? `JOIN f${k - 1} AS reached ON ${same} AND reached.place = candidate.previous`
      : `ASOF JOIN f${k - 1} AS reached ON ${same} AND reached.place < candidate.place`;
  const start = `SELECT ${own.join(', ')}, a${by ? ', value' : ''}, place AS start, t AS start_t, 0 AS gap FROM ranked WHERE m1 AND in_range`;
  const later = (
    k,
  ) => `SELECT ${own.map((column) => `candidate.${column} AS ${column}`).join(', ')}, reached.start AS start, reached.start_t AS start_t, candidate.t - reached.t AS gap
  FROM (SELECT * FROM ranked WHERE m${k}) AS candidate ${join(k)}
  WHERE candidate.t - reached.start_t <= ${s.int(windowMs)}`;
  return Array.from({ length: n }, (_, i) => [`f${i + 1}`, i === 0 ? start : later(i + 1)]);
};

const UNITS = { unit: 'u', session: 'session_no', attempt: 'start' };

/**
 * The CTEs from `e` and `seen` to `x`: for each unit the highest step, the person and value of its start, and of each step
 * the times of the attempt that reached it first: since its start, and since the step before.
 */
export const asofCtes = (s, { n, strict, windowMs, keys, by, count }) => {
  const ks = Array.from({ length: n }, (_, i) => i + 1);
  const each = (column) => ks.map((k) => `min(CASE WHEN reached = ${k} THEN ${column} END) AS ${column}${k}`).join(', ');
  const first = (k) =>
    `SELECT ${UNITS[count]} AS unit, ${k} AS reached, argMin(start, place) AS attempt, argMin(t - start_t, place) AS since, argMin(gap, place) AS gap FROM f${k} GROUP BY 1`;
  return [
    ...rankedCtes({ n, strict, keys, by }),
    ...stepCtes(s, { n, strict, windowMs, keys, by }),
    ['firsts', ks.map(first).join('\n  UNION ALL ')],
    [
      'furthest',
      `SELECT unit, max(reached) AS level, argMax(attempt, reached) AS attempt, ${each('since')}, ${each('gap')} FROM firsts GROUP BY unit`,
    ],
    [
      'x',
      `SELECT furthest.*, ids.v AS v, ${by ? 'f1.value' : "''"} AS value FROM furthest
  JOIN f1 ON f1.place = furthest.attempt JOIN ids ON ids.a = f1.a`,
    ],
  ];
};
