import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, createEvents } from './helpers/createEvents.js';
import { populationsOf, RUNS } from './helpers/populations.js';
import { createTestStore } from './helpers/testStore.js';

const HOUR = 3_600_000;
const NAMES = ['a', 'b', 'c', 'd'];

let shop;
beforeAll(async () => void (shop = await createTestStore()));
afterAll(() => shop.close());

const visitor = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES),
    gap: fc.constantFrom(0, 0, HOUR / 2, HOUR, 2 * HOUR, 30 * HOUR),
    colour: fc.constantFrom('red', 'blue'),
    session: fc.integer({ min: 0, max: 1 }),
  }),
  { maxLength: 12 },
);
const populations = fc.record({
  groups: populationsOf(visitor, 4),
  options: fc.record({
    steps: fc.constantFrom(['a', 'b'], ['a', 'b', 'c'], ['a', 'a', 'b'], ['a', 'b', 'a', 'c']),
    window: fc.constantFrom(HOUR, 3 * HOUR, 40 * HOUR),
    mode: fc.constantFrom('plain', 'strict', 'sameSession', 'same'),
    count: fc.constantFrom('unit', 'attempt'),
  }),
});

/** All chains of a visitor, tried one by one: which start, which level, at which event it is reached. */
const search = (events, { steps, window, mode }, isStart) => {
  const found = [];
  const walk = (start, last, level) => {
    found.push({ start, level, last });
    if (level === steps.length) return;
    for (let i = last + 1; i < events.length; i++) {
      const event = events[i];
      if (mode === 'strict' && i > last + 1) return;
      if (event.t - events[start].t > window) return;
      if (event.name !== steps[level]) continue;
      if (mode === 'sameSession' && event.session_id !== events[start].session_id) continue;
      if (mode === 'same' && event.properties.colour !== events[start].properties.colour) continue;
      walk(start, i, level + 1);
    }
  };
  for (let i = 0; i < events.length; i++) if (events[i].name === steps[0] && isStart(events[i])) walk(i, i, 1);
  return found;
};

/** Per visitor: the highest level, where it is first reached, and of the starts that lead there the latest. */
const bestOf = (chains) => {
  const level = Math.max(...chains.map((chain) => chain.level));
  const last = Math.min(...chains.filter((chain) => chain.level === level).map((chain) => chain.last));
  const start = Math.max(...chains.filter((chain) => chain.level === level && chain.last === last).map((chain) => chain.start));
  return { level, last, start };
};

/** Attempts: a step belongs to the latest start from which it can be reached. */
const attemptsOf = (chains) => {
  const levels = new Map();
  for (const { level, last } of chains) {
    const start = Math.max(
      ...chains.filter((chain) => chain.level === level && chain.last === last).map((chain) => chain.start),
    );
    levels.set(start, Math.max(levels.get(start) || 0, level));
  }
  return levels;
};

const expected = (rows, options) => {
  const table = new Map();
  const count = (value, level) => {
    for (let step = 1; step <= level; step++) table.set(`${value} ${step}`, (table.get(`${value} ${step}`) || 0) + 1);
  };
  for (const v of new Set(rows.map(({ anonymous_id }) => anonymous_id))) {
    const events = rows.filter(({ anonymous_id }) => anonymous_id === v);
    const chains = search(events, options, ({ day }) => day >= '2026-09-02' && day <= '2026-09-03');
    if (!chains.length) continue;
    if (options.count === 'attempt')
      for (const [start, level] of attemptsOf(chains)) count(events[start].properties.colour, level);
    else {
      const { level, start } = bestOf(chains);
      count(events[start].properties.colour, level);
    }
  }
  return Object.fromEntries([...table].sort());
};

const describeVisitor = (v, events) => {
  let t = at(0.5);
  return events.map(({ name, gap, colour, session }) => ({
    v,
    t: (t += gap),
    name,
    props: { colour },
    session: `${v}-${session}`,
  }));
};

test('funnel against a search through all chains, 1,040 populations', async () => {
  await fc.assert(
    fc.asyncProperty(populations, async ({ groups, options }) => {
      const { steps, window, mode, count } = options;
      const descriptions = groups.flatMap((visitors, g) =>
        visitors.flatMap((events, i) => describeVisitor(`g${g}v${i}`, events)),
      );
      await shop.fill(descriptions);
      const { raw } = await shop.run('funnel', {
        from: '2026-09-02',
        to: '2026-09-03',
        unit: 'visitors',
        by: 'properties.colour',
        windowMs: window,
        count,
        steps: steps.map((event) => ({ event })),
        strict: mode === 'strict',
        sameSession: mode === 'sameSession',
        same: mode === 'same' ? 'properties.colour' : undefined,
      });
      const got = Object.fromEntries(
        raw
          .filter(({ total, reached }) => !total && reached > 0)
          .map(({ value, step, reached }) => [`${value} ${step}`, reached])
          .sort(),
      );
      expect(got).toEqual(expected(createEvents(descriptions), options));
    }),
    RUNS,
  );
});

test('times are those of the attempt that reached the step first', async () => {
  const of = (v, ...steps) => steps.map(([name, minutes]) => ({ v, t: at(1, minutes * 60_000), name }));
  await shop.fill([
    ...of('x', ['a', 0], ['a', 10], ['b', 12], ['b', 30], ['c', 40]),
    ...of('y', ['a', 0], ['b', 5]),
    ...of('z', ['b', 1], ['a', 2]),
    ...of('restarts', ['a', 0], ['a', 20], ['b', 22], ['c', 50]),
    ...of('again', ['a', 0], ['b', 2], ['a', 20], ['b', 30], ['c', 45]),
  ]);
  const { rows } = await shop.run('funnel', {
    from: '2026-09-01',
    to: '2026-09-05',
    unit: 'visitors',
    steps: [{ event: 'a' }, { event: 'b' }, { event: 'c' }],
  });
  expect(
    rows.map(({ step, reached, from_first, from_last, median_ms, median_from_start_ms }) => [
      step,
      reached,
      from_first,
      from_last,
      median_ms,
      median_from_start_ms,
    ]),
  ).toEqual([
    [1, 5, 1, null, 0, 0],
    [2, 4, 4 / 5, 4 / 5, 120_000, 120_000],
    [3, 3, 3 / 5, 3 / 4, 900_000, 1_800_000],
  ]);
  expect(
    (
      await shop.people(
        'funnel',
        { from: '2026-09-01', to: '2026-09-05', unit: 'visitors', steps: [{ event: 'a' }, { event: 'b' }, { event: 'c' }] },
        { lost: 2 },
      )
    ).people,
  ).toEqual(['z']);
});

test('a session counts for itself', async () => {
  const step = (v, name, session, minutes) => ({ v, name, session, t: at(1, minutes * 60_000) });
  await shop.fill([step('x', 'a', 's1', 0), step('x', 'b', 's1', 1), step('x', 'a', 's2', 2), step('x', 'b', 's3', 3)]);
  const { rows } = await shop.run('funnel', {
    from: '2026-09-01',
    to: '2026-09-05',
    unit: 'visitors',
    count: 'session',
    steps: [{ event: 'a' }, { event: 'b' }],
  });
  expect(rows.map(({ step: k, reached, people }) => [k, reached, people])).toEqual([
    [1, 2, 1],
    [2, 1, 1],
  ]);
});
