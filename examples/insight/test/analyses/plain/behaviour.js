import { addDays, daysBetween } from '../../../src/analyses/days.js';
import {
  byCapture,
  count,
  eventsOf,
  groupBy,
  lastDayOf,
  mean,
  medianLow,
  numberOf,
  ordersIn,
  periodOf,
  periodsBetween,
  property,
  ranked,
  ratio,
  sum,
} from './base.js';

const DAY_MS = 86_400_000;
const fitting = ({ event }) => (event === '*' ? {} : { names: [event] });
/** A column or `properties.<key>`, `null` where it is missing or empty. */
const fieldOf = (row, field) => (field.startsWith('properties.') ? property(row, field.slice(11)) : (row[field] ?? null));
const textOf = (row, field) => String(fieldOf(row, field) ?? '');

export const trend = (facts, c, { step, interval, by, number, top }) => {
  const events = eventsOf(facts, c, fitting(step)).map((row) => ({ ...row, value: by ? textOf(row, by) : '' }));
  const values = [...groupBy(events, ({ value }) => value)].map(([value, own]) => ({ value, n: own.length }));
  const kept = ranked(values, '-n', 'value')
    .slice(0, top)
    .map(({ value }) => value);
  const period = (row) => ({ hour: row.hour, all: 0 })[interval] ?? periodOf(interval, row.day);
  const groups = groupBy(events, (row) => {
    const other = kept.includes(row.value) ? 0 : 1;
    return JSON.stringify([period(row), other, other ? '' : row.value]);
  });
  const rows = [...groups].map(([key, own]) => {
    const [at, other, value] = JSON.parse(key);
    const numbers = number ? own.map((row) => numberOf(fieldOf(row, number))).filter((each) => each !== null) : [];
    const told = { total: numbers.length ? sum(numbers) : null, mean: mean(numbers), median: medianLow(numbers) };
    const people = count(own);
    return {
      period: at,
      other,
      value,
      events: own.length,
      people,
      events_per_person: own.length / people,
      ...(number ? told : {}),
    };
  });
  return ranked(rows, 'period', 'other', 'value');
};

export const eventNames = (facts, c, { top }) => {
  const rows = [...groupBy(eventsOf(facts, c), ({ name }) => name)].map(([name, own]) => ({
    name,
    type: own.map(({ type }) => type).sort()[0],
    events: own.length,
    people: count(own),
    first_day: own[0].day,
    last_day: own.at(-1).day,
  }));
  return ranked(rows, '-events', 'name').slice(0, top);
};

/** Of everyone in which periods there was something, from the first ever up to the end of the range. */
const periodsOf = (facts, c, interval) =>
  [...groupBy(eventsOf(facts, c, { from: null }), ({ v }) => v)].map(([v, own]) => ({
    v,
    periods: [...new Set(own.map(({ day }) => periodOf(interval, day)))].sort(),
  }));

export const lifecycle = (facts, c, { interval }) => {
  const first = periodOf(interval, c.from);
  const next = (period) => addDays(lastDayOf(interval, period, 0), 1);
  const states = [];
  for (const { v, periods } of periodsOf(facts, c, interval)) {
    periods.forEach((period, i) => {
      const before = periods[i - 1];
      states.push({ v, period, state: i === 0 ? 'new' : next(before) === period ? 'returning' : 'resurrected' });
      if (next(period) !== periods[i + 1] && next(period) <= c.to) states.push({ v, period: next(period), state: 'dormant' });
    });
  }
  const groups = groupBy(
    states.filter(({ period }) => period >= first),
    ({ period, state }) => `${period} ${state}`,
  );
  return ranked(
    [...groups.values()].map((own) => ({ period: own[0].period, state: own[0].state, people: count(own) })),
    'period',
    'state',
  );
};

const daysOf = ({ from, to }) => Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
export const stickiness = (facts, c) => {
  const events = eventsOf(facts, c, { from: addDays(c.from, -29) });
  const within = (day, days) => count(events.filter((row) => row.day <= day && row.day > addDays(day, -days)));
  return daysOf(c).map((day) => {
    const [dau, wau, mau] = [1, 7, 30].map((days) => within(day, days));
    return { day, dau, wau, mau, stickiness: ratio(dau, mau) };
  });
};

const bucketOf = (edges, value) => edges.findLastIndex((edge) => value >= edge);

export const distribution = (facts, c, { step, measure, number, edges }) => {
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  const amounts = [...groupBy(eventsOf(facts, c, fitting(step)), ({ v }) => v).values()]
    .map((own) => {
      if (measure === 'times') return own.length;
      if (measure === 'days') return count(own, ({ day }) => day);
      const numbers = own.map((row) => numberOf(fieldOf(row, number))).filter((each) => each !== null);
      return numbers.length ? Math.round(sum(numbers) * 1e4) / 1e4 : null;
    })
    .filter((amount) => amount !== null);
  const rows = [...groupBy(amounts, (amount) => bucketOf(sorted, amount))].map(([bucket, own]) => ({
    bucket,
    people: own.length,
    share: own.length / amounts.length,
    total: sum(own),
    median: medianLow(own),
    from: sorted[bucket] ?? null,
    below: sorted[bucket + 1] ?? null,
  }));
  return ranked(rows, 'bucket');
};

const MINUTE = 60_000;
const GAPS = [0, 1, 5, 30, 60, 360, 1440, 3 * 1440, 7 * 1440, 30 * 1440].map((minutes) => minutes * MINUTE);
export const interval = (facts, c, { start, end, windowDays }) => {
  const is = ({ event }, row) => event === '*' || row.name === event;
  const gaps = [];
  for (const own of groupBy(eventsOf(facts, c, { from: null }), ({ v }) => v).values()) {
    const list = own.filter((row) => is(start, row) || is(end, row));
    list.forEach((row, i) => {
      if (!is(end, row) || row.day < c.from) return;
      const before = list.slice(0, i);
      const starts = before.findLastIndex((each) => is(start, each));
      const ends = before.findLastIndex((each) => is(end, each));
      if (starts < 0 || ends > starts) return;
      const gap = row.t - before[starts].t;
      if (gap <= windowDays * DAY_MS) gaps.push({ v: row.v, gap });
    });
  }
  const sorted = gaps.map(({ gap }) => gap).sort((a, b) => a - b);
  const quantile = (part) => sorted[Math.ceil((part * sorted.length) / 100) - 1] ?? null;
  const rows = [...groupBy(gaps, ({ gap }) => bucketOf(GAPS, gap))].map(([bucket, own]) => ({
    bucket,
    times: own.length,
    people: count(own),
    from_ms: GAPS[bucket],
    below_ms: GAPS[bucket + 1] ?? null,
  }));
  const [p25_ms, median_ms, p75_ms, p90_ms] = [25, 50, 75, 90].map(quantile);
  const ends = { min_ms: sorted[0] ?? null, max_ms: sorted.at(-1) ?? null, mean_ms: mean(sorted) };
  return {
    rows: ranked(rows, 'bucket'),
    more: { summary: [{ times: gaps.length, people: count(gaps), ...ends, p25_ms, median_ms, p75_ms, p90_ms }] },
  };
};

/** Each session that begins in the range, by its first event, whole. */
const visitsOf = (facts, c, where) => {
  const events = eventsOf(facts, c, { from: null, to: null, where });
  return [...groupBy(events, ({ session_id }) => session_id).values()].filter(([{ day }]) => day >= c.from && day <= c.to);
};
const isView = ({ name, resumed }) => name === 'page_view' && !resumed;

export const sessions = (facts, c, { interval: period }) => {
  const names = ['app_launch', 'app_show', 'app_hide', 'page_view'];
  const visits = visitsOf(facts, c, (row) => names.includes(row.name) || (row.name === 'page_leave' && row.in_session)).map(
    (own) => {
      const spent = (name) => {
        const told = own.filter((row) => row.name === name && row.duration_ms !== null);
        return told.length ? sum(told, ({ duration_ms }) => duration_ms) : null;
      };
      return {
        v: own[0].v,
        day: own[0].day,
        views: own.filter(isView).length,
        spent: spent('app_hide') ?? spent('page_leave') ?? 0,
      };
    },
  );
  const rows = [...groupBy(visits, ({ day }) => periodOf(period, day))].map(([at, own]) => ({
    period: at,
    sessions: own.length,
    people: count(own),
    spent_ms: sum(own, ({ spent }) => spent),
    mean_ms: mean(own.map(({ spent }) => spent)),
    median_ms: medianLow(own.map(({ spent }) => spent)),
    mean_views: mean(own.map(({ views }) => views)),
    bounce_rate: own.filter(({ views }) => views === 1).length / own.length,
  }));
  return ranked(rows, 'period');
};

export const pages = (facts, c, { top }) => {
  const path = (row) => row.page ?? '';
  const views = eventsOf(facts, c, { where: isView });
  const leaves = groupBy(eventsOf(facts, c, { names: ['page_leave'] }), path);
  const visits = [
    ...groupBy(eventsOf(facts, c, { from: null, to: null, where: isView }), ({ session_id }) => session_id).values(),
  ];
  const isIn = ({ day }) => day >= c.from && day <= c.to;
  const rows = [...groupBy(views, path)].map(([page, own]) => {
    const times = (leaves.get(page) ?? []).map(({ duration_ms }) => duration_ms).filter((each) => each !== null);
    const ends = (of) => visits.map(of).filter((row) => isIn(row) && path(row) === page).length;
    const exits = ends((visit) => visit.at(-1));
    return {
      path: page,
      views: own.length,
      people: count(own),
      visits: count(own, ({ session_id }) => session_id),
      entries: ends(([first]) => first),
      exits,
      exit_rate: exits / own.length,
      spent_ms: times.length ? sum(times) : null,
      mean_ms: mean(times),
      median_ms: medianLow(times),
    };
  });
  return ranked(rows, '-views', 'path').slice(0, top);
};

export const paths = (facts, c, { page, direction, depth, top }) => {
  const walks = visitsOf(facts, c, isView).flatMap((own) => {
    const order = direction === 'to' ? [...own].reverse() : own;
    const walk = order.map((row) => row.page ?? '').filter((each, i, list) => each !== list[i - 1]);
    const start = page === null ? 0 : walk.indexOf(page);
    return start < 0 ? [] : [{ v: own[0].v, nodes: walk.slice(start, start + depth) }];
  });
  const kept = Array.from({ length: depth }, (_, i) => {
    const there = walks.filter(({ nodes }) => nodes.length > i).map(({ nodes }) => ({ path: nodes[i] }));
    const counted = [...groupBy(there, (each) => each.path)].map(([path, own]) => ({ path, n: own.length }));
    return ranked(counted, '-n', 'path')
      .slice(0, top)
      .map(({ path }) => path);
  });
  const flows = walks.flatMap(({ v, nodes }) =>
    nodes.map((node, i) => {
      const isKept = kept[i].includes(node);
      const hasNext = i + 1 < nodes.length;
      const isNextKept = hasNext && kept[i + 1].includes(nodes[i + 1]);
      return {
        v,
        step: i + 1,
        node: isKept ? node : '',
        other: isKept ? 0 : 1,
        next_node: isNextKept ? nodes[i + 1] : '',
        next_other: hasNext && !isNextKept ? 1 : 0,
        ends: hasNext ? 0 : 1,
      };
    }),
  );
  const rows = [...groupBy(flows, ({ v, ...flow }) => JSON.stringify(flow)).values()].map((own) => {
    const { v, ...flow } = own[0];
    return { ...flow, sessions: own.length, people: count(own) };
  });
  return ranked(rows, 'step', '-sessions', 'node', 'next_node', 'other', 'next_other', 'ends');
};

export const heat = (facts, c, { page, minWidth, maxWidth }) => {
  const width = (row) => row.window_width ?? 0;
  const taps = eventsOf(facts, c, {
    names: ['tap'],
    where: (row) => row.page === page && width(row) >= minWidth && width(row) < maxWidth,
  })
    .map((row) => ({ v: row.v, x: numberOf(property(row, 'x_fraction')), y: numberOf(property(row, 'y_fraction')) }))
    .filter(({ x, y }) => x !== null && y !== null);
  const cell = (fraction, n) => Math.min(n - 1, Math.max(0, Math.floor(fraction * n)));
  const rows = [...groupBy(taps, ({ x, y }) => JSON.stringify([cell(y, 40), cell(x, 20)]))].map(([key, own]) => {
    const [line, col] = JSON.parse(key);
    return { line, col, taps: own.length, people: count(own) };
  });
  return ranked(rows, 'line', 'col');
};

export const elements = (facts, c, { page, top }) => {
  const taps = eventsOf(facts, c, { names: ['tap'], where: (row) => page === null || row.page === page });
  const key = (row) =>
    JSON.stringify([
      row.page ?? '',
      property(row, 'element_id') ?? property(row, 'handler') ?? '',
      property(row, 'kind') ?? '',
    ]);
  const rows = [...groupBy(taps, key)].map(([id, own]) => {
    const [path, element, kind] = JSON.parse(id);
    const tops = own.map((row) => numberOf(property(row, 'offset_top'))).filter((each) => each !== null);
    return { path, element, kind, taps: own.length, people: count(own), offset_top: medianLow(tops) };
  });
  return ranked(rows, '-taps', 'path', 'element', 'kind').slice(0, top);
};

export const exposures = (facts, c, { by, top }) => {
  const key = (row) => JSON.stringify([row.page ?? '', property(row, by) ?? '']);
  const taps = eventsOf(facts, c, { names: ['tap'], where: (row) => property(row, by) });
  const rows = [...groupBy(eventsOf(facts, c, { names: ['exposure'] }), key)].map(([id, own]) => {
    const [path, element] = JSON.parse(id);
    const hit = own.filter((seen) =>
      taps.some((tap) => key(tap) === id && tap.v === seen.v && tap.session_id === seen.session_id && byCapture(tap, seen) > 0),
    );
    return {
      path,
      element,
      exposures: own.length,
      people: count(own),
      tapped: count(hit),
      tap_rate: ratio(count(hit), count(own)),
    };
  });
  return ranked(rows, '-exposures', 'path', 'element').slice(0, top);
};

export const retention = (facts, c, { first, back, interval: period, periods, orAfter, brackets }) => {
  const of = (step, range) => groupBy(eventsOf(facts, c, { ...fitting(step), ...range }), ({ v }) => v);
  const returns = of(back, { to: null });
  const unit = period === 'hours24' ? 'day' : period;
  const members = [...of(first, { from: null })]
    .filter(([, [event]]) => event.day >= c.from)
    .map(([v, [event]]) => {
      const ns = (returns.get(v) ?? [])
        .filter((row) => byCapture(row, event) > 0)
        .map((row) =>
          period === 'hours24' ? Math.floor((row.t - event.t) / DAY_MS) : periodsBetween(unit, event.day, row.day),
        );
      return { cohort: periodOf(unit, event.day), ns };
    });
  const columns = brackets.length
    ? brackets.map(([from, to], n) => ({ n, from, to }))
    : Array.from({ length: periods + 1 }, (_, n) => ({ n, from: n, to: orAfter ? Number.POSITIVE_INFINITY : n }));
  // What is on or after a period may come at any time; it is told once the period itself is over.
  const isOver = (cohort, { n, to }) =>
    lastDayOf(unit, cohort, (Number.isFinite(to) ? to : n) + (period === 'hours24' ? 1 : 0)) < c.today;
  const cohorts = ranked(
    [...groupBy(members, ({ cohort }) => cohort)].map(([cohort, own]) => ({
      cohort,
      size: own.length,
      cells: columns.map((column) => {
        const people = isOver(cohort, column)
          ? own.filter(({ ns }) => ns.some((n) => n >= column.from && n <= column.to)).length
          : null;
        return { n: column.n, people, rate: people === null ? null : people / own.length };
      }),
    })),
    'cohort',
  );
  const averages = columns.map(({ n }) => {
    const over = cohorts.filter(({ cells }) => cells[n].people !== null);
    const size = sum(over, (cohort) => cohort.size);
    const people = sum(over, ({ cells }) => cells[n].people);
    return { n, cohorts: over.length, size, people, rate: ratio(people, size) };
  });
  return { cohorts, averages, columns: columns.map(({ n, from, to }) => (brackets.length ? { n, from, to } : { n })) };
};

export const ltv = (facts, c, { since, interval: period, periods }) => {
  const orders = ordersIn(facts, c, { from: null, to: null });
  const begun =
    since === 'first_order'
      ? new Map(
          [...groupBy(ordersIn(facts, c, { from: null }), ({ v }) => v)].map(([v, own]) => [
            v,
            own.map(({ day }) => day).sort()[0],
          ]),
        )
      : new Map([...groupBy(eventsOf(facts, c, { from: null }), ({ v }) => v)].map(([v, own]) => [v, own[0].day]));
  const members = [...begun].filter(([, day]) => day >= c.from).map(([v, day]) => ({ v, cohort: periodOf(period, day) }));
  const cohorts = [...groupBy(members, ({ cohort }) => cohort)].map(([cohort, own]) => {
    const names = new Set(own.map(({ v }) => v));
    const theirs = orders.filter(({ v, day }) => names.has(v) && day >= cohort && day >= c.from);
    return {
      cohort,
      size: own.length,
      cells: Array.from({ length: periods + 1 }, (_, n) => {
        const last = lastDayOf(period, cohort, n);
        const revenue =
          last < c.today
            ? sum(
                theirs.filter(({ day }) => day <= last),
                ({ net }) => net,
              )
            : null;
        return { n, revenue, value: revenue === null ? null : revenue / own.length };
      }),
    };
  });
  return { cohorts: ranked(cohorts, 'cohort') };
};
