import { describe, expect, it } from 'vitest';
import { answerOf, ask, peopleOf } from '../ask.js';
import { counted } from '../counted.js';
import { groupBy, margin, tally } from '../decided.js';
import { decided, FIRST, LAST, PLAN } from '../population.js';

const { truth, names, visits, orders, days, within, people, sum, date, firstDay } = decided;
const seen = within(visits, FIRST, LAST);
const STEPS = [1, 2, 3, 4];

describe('funnel', () => {
  /** The furthest that somebody came in one visit: none goes beyond what it did in the visits before it. */
  const levels = new Map();
  for (const { who, level } of seen) levels.set(who, Math.max(level, levels.get(who) || 0));

  it('of people', async () => {
    const rows = await ask('funnel');
    const reached = STEPS.map((step) => [...levels.values()].filter((level) => level >= step).length);
    expect(rows.map(({ reached }) => reached)).toEqual(reached);
    expect(rows.map(({ people }) => people)).toEqual(reached);
    expect(reached.at(-1)).toBeGreaterThan(0);
  });

  it('of people on each step, by name', async () => {
    const lost = await peopleOf('funnel', { lost: 4 });
    expect(lost).toEqual(
      [...levels]
        .filter(([, level]) => level === 3)
        .map(([who]) => who)
        .sort(),
    );
  });

  it('of sessions', async () => {
    const byServer = new Set(
      orders
        .concat(decided.truth.orders.filter(({ cancelled }) => cancelled))
        .filter(({ told }) => told === 'server')
        .map(({ visit }) => visit),
    );
    // What began in the session before is no attempt of this one, and the server has none.
    const own = ({ own, level, index }) => (own ? Math.min(level, 1) : byServer.has(index) ? 3 : level);
    const rows = await ask('funnel', { count: 'session' });
    expect(rows.map(({ reached }) => reached)).toEqual(STEPS.map((step) => seen.filter((visit) => own(visit) >= step).length));
  });

  it('by platform', async () => {
    const rows = (await ask('funnel', { by: 'platform' })).filter(({ total }) => !total);
    const best = new Map();
    for (const visit of seen) if (visit.level > (best.get(visit.who)?.level || 0)) best.set(visit.who, visit);
    const expected = STEPS.flatMap((step) =>
      Object.entries(
        tally([...best.values()].filter(({ level }) => level >= step).map(({ visitor }) => decided.visitors[visitor].platform)),
      ).map(([value, reached]) => `${value} ${step} ${reached}`),
    );
    expect(
      rows
        .filter(({ reached }) => reached)
        .map(({ value, step, reached }) => `${value} ${step} ${reached}`)
        .sort(),
    ).toEqual(expected.sort());
  });

  it('has the rates that were planted', async () => {
    const free = seen.filter(({ own, wanted }) => !own && !wanted);
    const holds = (chance, list, isHit) =>
      expect(Math.abs(list.filter(isHit).length / list.length - chance)).toBeLessThan(margin(chance, list.length));
    holds(
      PLAN.funnel.view,
      free.filter(({ card }) => !card),
      ({ intended }) => intended >= 1,
    );
    // How willing a visitor is depends on the channel and on the hour, so each visit has a chance of its own.
    const added = free.filter(({ intended }) => intended >= 2);
    const spread = Math.sqrt(sum(free, ({ willing }) => willing * (1 - willing)));
    expect(Math.abs(added.length - sum(free, 'willing'))).toBeLessThan(3.3 * spread);
    holds(PLAN.funnel.checkout, added, ({ intended }) => intended === 3);
  });
});

describe('retention', () => {
  const cohorts = groupBy(
    [...days.keys()].filter((who) => firstDay(who) >= FIRST),
    firstDay,
  );

  it('by day, on the day', async () => {
    const { cohorts: rows, averages } = await ask('retention');
    expect(rows.length).toBe(cohorts.size);
    for (const { cohort, size, cells } of rows) {
      const day = [...cohorts.keys()].find((each) => date(each) === cohort);
      const list = cohorts.get(day);
      expect([cohort, size]).toEqual([cohort, list.length]);
      for (const { n, people } of cells.slice(1)) {
        const expected = day + n > LAST ? null : list.filter((who) => days.get(who).has(day + n)).length;
        expect([cohort, n, people]).toEqual([cohort, n, expected]);
      }
    }
    for (const { n, people: back, size, rate } of averages.slice(1)) {
      const over = [...cohorts].filter(([day]) => day + n <= LAST).flatMap(([day, list]) => list.map((who) => ({ who, day })));
      expect([n, back, size]).toEqual([n, over.filter(({ who, day }) => days.get(who).has(day + n)).length, over.length]);
      expect(rate).toBeCloseTo(back / size, 9);
    }
  });

  it('is the curve that was planted, for whom nothing else brings back', () => {
    const brought = new Set(truth.opens.map(({ visitor }) => names[visitor]));
    const phones = tally(names);
    const members = new Set(truth.members.map(({ person }) => person));
    const own = groupBy(
      seen.filter(
        (visit) => phones[visit.who] === 1 && !brought.has(visit.who) && !members.has(visit.person) && !visit.recalled,
      ),
      ({ who }) => who,
    );
    for (let n = 1; n <= 10; n++) {
      const list = [...own.values()].filter(([{ day }]) => day + n <= LAST);
      const rate = list.filter((visits) => visits.some(({ day }) => day === visits[0].day + n)).length / list.length;
      const planted = PLAN.retention(n);
      expect(rate - planted).toBeLessThan(margin(planted, list.length, 4.2));
      // Of visits without network some are lost.
      expect(planted * (1 - PLAN.faults.offline) - rate).toBeLessThan(margin(planted, list.length, 4.2));
    }
  });

  it('on or after', async () => {
    const { cohorts: rows } = await ask('retention', { orAfter: true });
    for (const { cohort, cells } of rows) {
      const day = [...cohorts.keys()].find((each) => date(each) === cohort);
      for (const { n, people } of cells.slice(1)) {
        if (people === null) continue;
        expect(people).toBe(cohorts.get(day).filter((who) => Math.max(...days.get(who)) >= day + n).length);
      }
    }
  });

  it('in brackets', async () => {
    const brackets = [
      [1, 1],
      [2, 7],
      [8, 30],
    ];
    const { averages } = await ask('retention', { brackets, to: 50 });
    brackets.forEach(([a, b], i) => {
      const list = [...cohorts].filter(([day]) => day <= 50).flatMap(([, each]) => each);
      expect(averages[i].size).toBe(list.length);
      expect(averages[i].people).toBe(
        list.filter((who) => [...days.get(who)].some((day) => day - firstDay(who) >= a && day - firstDay(who) <= b)).length,
      );
    });
  });

  it('of orders: who buys again', async () => {
    const order = { event: 'order_paid' };
    const { cohorts: rows } = await ask('retention', { first: order, back: order });
    const paid = decided.truth.orders
      .filter(({ excluded }) => !excluded)
      .map((each) => ({ ...each, who: decided.names[each.visitor], day: decided.dayOf(each.at) }));
    const daysOf = groupBy(paid, ({ who }) => who);
    const firsts = [...daysOf]
      .map(([who, list]) => ({ who, day: Math.min(...list.map(({ day }) => day)), own: new Set(list.map(({ day }) => day)) }))
      .filter(({ day }) => day >= FIRST);
    expect(sum(rows, 'size')).toBe(firsts.length);
    for (const { cohort, cells } of rows)
      for (const { n, people } of cells.slice(1))
        if (people !== null)
          expect(people).toBe(firsts.filter(({ day, own }) => date(day) === cohort && own.has(day + n)).length);
  });
});

describe('lifetime value', () => {
  it('by day of the first visit', async () => {
    const { cohorts: rows } = await ask('ltv', { interval: 'day', periods: 10 });
    for (const { cohort, size, cells } of rows) {
      const members = new Set([...days.keys()].filter((who) => date(firstDay(who)) === cohort));
      expect(size).toBe(members.size);
      for (const { n, revenue } of cells) {
        if (revenue === null) continue;
        expect(revenue).toBeCloseTo(
          sum(
            orders.filter(({ who, day }) => members.has(who) && day - firstDay(who) <= n),
            'net',
          ),
          2,
        );
      }
    }
  });
});

/** The pages of a visit as its events tell them: the one in the web-view comes last. */
const pagesOf = ({ pages, web }) => [...pages.map(([path]) => path), ...(web ? ['help'] : [])];
/** Time that counts for a session: that of which the app was told, else that of the pages that were left. */
const spentOf = ({ foreground, pages }) => foreground || sum(pages.slice(0, -1), ([, ms]) => ms);

describe('sessions', () => {
  it('by day', async () => {
    const rows = await ask('sessions');
    const byDay = groupBy(seen, ({ day }) => date(day));
    expect(rows.length).toBe(byDay.size);
    for (const row of rows) {
      const list = byDay.get(row.period);
      const times = list.map(spentOf).sort((a, b) => a - b);
      expect(row).toMatchObject({
        sessions: list.length,
        people: people(list),
        spent_ms: sum(list, spentOf),
        median_ms: times[Math.ceil(times.length / 2) - 1],
      });
      expect(row.mean_ms).toBeCloseTo(sum(list, spentOf) / list.length, 6);
      expect(row.mean_views).toBeCloseTo(sum(list, (visit) => pagesOf(visit).length) / list.length, 9);
      expect(row.bounce_rate).toBeCloseTo(list.filter((visit) => pagesOf(visit).length === 1).length / list.length, 9);
    }
  });
});

describe('pages', () => {
  it('with entries, exits and time', async () => {
    const rows = await ask('pages');
    const all = seen.flatMap((visit) =>
      pagesOf(visit).map((path, i, list) => ({
        path,
        who: visit.who,
        visit: visit.index,
        entry: i === 0,
        exit: i === list.length - 1,
      })),
    );
    const byPath = groupBy(all, ({ path }) => path);
    expect(rows.map(({ path }) => path).sort()).toEqual([...byPath.keys()].sort());
    for (const row of rows) {
      const list = byPath.get(row.path);
      expect(row).toMatchObject({
        views: list.length,
        people: people(list),
        visits: new Set(list.map(({ visit }) => visit)).size,
        entries: list.filter(({ entry }) => entry).length,
        exits: list.filter(({ exit }) => exit).length,
      });
      expect(row.exit_rate).toBeCloseTo(row.exits / list.length, 9);
      if (row.path === 'help') continue;
      const spent = sum(
        seen.flatMap(({ pages }) => pages.filter(([path]) => path === row.path)),
        ([, ms]) => ms,
      );
      // Of a page that a kill took along the package knows the time up to its last sign of life.
      const cut = sum(
        seen.filter(({ killed }) => killed).map(({ pages }) => pages[pages.length - 1]),
        ([path, ms]) => (path === row.path ? ms : 0),
      );
      expect(row.spent_ms).toBeLessThanOrEqual(spent);
      expect(row.spent_ms).toBeGreaterThanOrEqual(spent - cut);
    }
  });

  it('as paths', async () => {
    const rows = await ask('paths', { top: 50, depth: 5 });
    const flows = [];
    for (const visit of seen) {
      const steps = pagesOf(visit)
        .filter((path, i, list) => path !== list[i - 1])
        .slice(0, 5);
      for (const [i, path] of steps.entries()) flows.push(`${i + 1} ${path} > ${steps[i + 1] || ''}`);
    }
    expect(
      Object.fromEntries(rows.map(({ step, node, next_node, sessions }) => [`${step} ${node} > ${next_node}`, sessions])),
    ).toEqual(tally(flows));
  });
});

describe('taps', () => {
  const taps = seen.flatMap(({ who, index, taps }) =>
    taps.map(([page, handler, x, y, product]) => ({ who, index, page, handler, x, y, product })),
  );

  it.each(['pages/home/index', 'pages/product/index'])('on %s as a heat map', async (page) => {
    const rows = await ask('heat', { page });
    const cell = ({ x, y }) => `${Math.floor(y * 40)} ${Math.floor(x * 20)}`;
    const own = groupBy(
      taps.filter((tap) => tap.page === page),
      cell,
    );
    expect(Object.fromEntries(rows.map(({ line, col, taps: n, people }) => [`${line} ${col}`, [n, people]]))).toEqual(
      Object.fromEntries([...own].map(([key, list]) => [key, [list.length, people(list)]])),
    );
  });

  it('by element', async () => {
    const rows = await ask('elements');
    const own = groupBy(taps, ({ page, handler }) => `${page} ${handler}`);
    expect(Object.fromEntries(rows.map(({ path, element, taps: n, people }) => [`${path} ${element}`, [n, people]]))).toEqual(
      Object.fromEntries([...own].map(([key, list]) => [key, [list.length, people(list)]])),
    );
  });

  it('after an exposure', async () => {
    const rows = await ask('exposures');
    const shown = seen.filter(({ exposures }) => exposures);
    expect(rows.length).toBe(2);
    for (const { element, exposures, people: saw, tapped, tap_rate } of rows) {
      expect(tap_rate).toBeCloseTo(tapped / saw, 9);
      const { product } = JSON.parse(element);
      const hit = shown.filter(({ taps }) =>
        taps.some(([, handler, , , what]) => handler === 'openProduct' && what === product),
      );
      expect([product, exposures, saw, tapped]).toEqual([
        product,
        sum(shown, ({ exposures }) => exposures / 2),
        people(shown),
        people(hit),
      ]);
    }
  });
});

describe('interval', () => {
  it('from the look at a product to the cart', async () => {
    const { rows, more } = await answerOf('interval', { start: { event: 'product_viewed' }, end: { event: 'product_added' } });
    const added = seen.filter(({ added: own }) => own.length);
    expect(rows.map(({ from_ms, times, people: n }) => [from_ms, times, n])).toEqual([[0, added.length, people(added)]]);
    expect(more.summary[0].min_ms).toBeGreaterThanOrEqual(4000);
    // Who is asked for consent first takes up to three seconds more.
    expect(more.summary[0].max_ms).toBeLessThanOrEqual(33_000);
  });
});

describe('interval within a window', () => {
  it('from the look at a product to the next order, by its quantiles', async () => {
    const DAYS = 2;
    const { rows, more } = await answerOf('interval', { windowDays: DAYS });
    const isAfter = (a, b) => a.t - b.t || a.boot - b.boot || a.seq - b.seq;
    const gaps = [];
    for (const [who, list] of groupBy(
      counted.filter(({ name }) => ['product_viewed', 'order_paid'].includes(name)),
      ({ who }) => who,
    )) {
      let start;
      for (const { name, t } of list.sort(isAfter)) {
        if (name === 'product_viewed') start = t;
        else {
          if (start !== undefined && t - start <= DAYS * 86_400_000) gaps.push({ who, gap: t - start });
          start = undefined;
        }
      }
    }
    gaps.sort((a, b) => a.gap - b.gap);
    const at = (q) => gaps[Math.ceil((gaps.length * q) / 100) - 1].gap;
    expect(more.summary[0]).toMatchObject({
      times: gaps.length,
      people: people(gaps),
      min_ms: gaps[0].gap,
      p25_ms: at(25),
      median_ms: at(50),
      p75_ms: at(75),
      p90_ms: at(90),
      max_ms: gaps.at(-1).gap,
    });
    expect(more.summary[0].mean_ms).toBeCloseTo(sum(gaps, 'gap') / gaps.length, 3);
    for (const { from_ms, below_ms, times, people: n } of rows) {
      const within = gaps.filter(({ gap }) => gap >= from_ms && gap < (below_ms ?? Infinity));
      expect([from_ms, times, n]).toEqual([from_ms, within.length, people(within)]);
    }
    expect(sum(rows, 'times')).toBe(gaps.length);
  });
});

describe('distribution', () => {
  it('of looks at products', async () => {
    const rows = await ask('distribution', { step: { event: 'product_viewed' } });
    const counts = new Map();
    for (const { who, viewed } of seen) if (viewed.length) counts.set(who, (counts.get(who) || 0) + viewed.length);
    for (const { from, below, people: n, share, total, median } of rows) {
      const within = [...counts.values()].filter((count) => count >= from && (below === null || count < below));
      within.sort((a, b) => a - b);
      const middle = within[Math.ceil(within.length / 2) - 1];
      expect([n, total, median]).toEqual([within.length, within.reduce((all, count) => all + count, 0), middle]);
      expect(share).toBeCloseTo(n / counts.size, 9);
    }
    expect(sum(rows, 'people')).toBe(counts.size);
  });

  it('of events by day', async () => {
    const { rows } = await answerOf('trend', { step: { event: 'product_viewed' } });
    expect(Object.fromEntries(rows.map(({ period, events, people: n }) => [period, [events, n]]))).toEqual(
      Object.fromEntries(
        [
          ...groupBy(
            seen.filter(({ viewed }) => viewed.length),
            ({ day }) => date(day),
          ),
        ].map(([day, list]) => [day, [sum(list, ({ viewed }) => viewed.length), people(list)]]),
      ),
    );
  });
});
