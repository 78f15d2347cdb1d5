import { addDays } from '../../../src/analyses/days.js';
import { count, eventsOf, groupBy, medianLow, numberOf, ranked, sum } from './base.js';

const MINUTE = 60_000;
const LATE = [0, 10_000, MINUTE, 10 * MINUTE, 60 * MINUTE, 1440 * MINUTE, 3 * 1440 * MINUTE];
export const delay = (facts, c) => {
  const events = eventsOf(facts, c).map((row) => ({ ...row, late: Math.max(0, row.received_at - row.t) }));
  const rows = [...groupBy(events, ({ late }) => LATE.findLastIndex((edge) => late >= edge))].map(([bucket, own]) => ({
    bucket,
    events: own.length,
    people: count(own),
    from_ms: LATE[bucket],
    below_ms: LATE[bucket + 1] ?? null,
  }));
  const days = [...groupBy(events, ({ day }) => day)].map(([day, own]) => ({
    day,
    events: own.length,
    median_ms: medianLow(own.map(({ late }) => late)),
    after_a_minute: own.filter(({ late }) => late >= MINUTE).length,
    after_a_day: own.filter(({ late }) => late >= 1440 * MINUTE).length,
  }));
  return { rows: ranked(rows, 'bucket'), more: { days: ranked(days, 'day') } };
};

export const excludedTraffic = (facts, c) => {
  const rows = [...groupBy(eventsOf(facts, { ...c, excluded: true }), ({ excluded }) => excluded ?? '')].map(
    ([reason, own]) => ({
      reason,
      events: own.length,
      people: count(own),
    }),
  );
  return ranked(rows, 'reason');
};

export const versions = (facts, c, { by, top }) => {
  const rows = [...groupBy(eventsOf(facts, c), (row) => JSON.stringify([row.platform ?? '', row[by] ?? '']))].map(
    ([key, own]) => {
      const [host, version] = JSON.parse(key);
      return { host, version, events: own.length, people: count(own), last_day: own.at(-1).day };
    },
  );
  return ranked(rows, '-events', 'host', 'version').slice(0, top);
};

/** Every launch, and of what a device says it gave up what explains the oldest ones first. */
const launchesOf = ({ rows, drops }) => {
  const launches = [
    ...groupBy(
      rows.filter(({ type }) => type !== 'server'),
      ({ anonymous_id, boot }) => JSON.stringify([anonymous_id, boot]),
    ).values(),
  ].map((own) => {
    const accepted = Math.max(...own.map(({ seq }) => seq)) + 1;
    const [{ anonymous_id: visitor, boot }] = own;
    const reported = sum(
      drops.filter((drop) => drop.anonymous_id === visitor && drop.boot === boot),
      ({ n }) => n,
    );
    const day = own.map((row) => row.day).sort()[0];
    return { visitor, boot, day, accepted, arrived: own.length, missing: Math.max(0, accepted - own.length), reported };
  });
  for (const [visitor, own] of groupBy(launches, (launch) => launch.visitor)) {
    let explained = sum(
      drops.filter((drop) => drop.anonymous_id === visitor),
      ({ n }) => n,
    );
    for (const launch of own.sort((a, b) => a.boot - b.boot)) {
      const used = Math.min(explained, launch.missing);
      explained -= used;
      launch.left = launch.missing - used;
    }
  }
  return launches;
};

export const audit = (facts, c) => {
  const launches = launchesOf(facts)
    .filter(({ day }) => day >= c.from && day <= c.to)
    .map(({ left, ...launch }) => ({ ...launch, unexplained: launch.day < addDays(c.today, -7) ? left : 0 }));
  const rows = [...groupBy(launches, ({ day }) => day)].map(([day, own]) => ({
    day,
    launches: own.length,
    people: count(own, ({ visitor }) => visitor),
    ...Object.fromEntries(
      ['accepted', 'arrived', 'missing', 'reported', 'unexplained'].map((key) => [key, sum(own, (launch) => launch[key])]),
    ),
  }));
  const incomplete = ranked(
    launches.filter(({ missing }) => missing > 0),
    '-unexplained',
    '-missing',
    'visitor',
    'boot',
  );
  return { rows: ranked(rows, 'day'), more: { incomplete: incomplete.slice(0, 100) } };
};

const kindOf = (text) => {
  if (text[0] === '[') return 'list';
  if (text[0] === '{') return 'object';
  if (text === 'true' || text === 'false') return 'bool';
  return /^[-.\d]/.test(text) && numberOf(text) !== null ? 'number' : 'text';
};
export const planFacts = (facts, c, { top }) => {
  const told = eventsOf(facts, c).flatMap(({ name, day, properties }) => [
    { name, day, prop_key: '', kind: 'event' },
    ...Object.entries(properties)
      .filter(([, value]) => value !== '')
      .map(([prop_key, value]) => ({ name, day, prop_key, kind: kindOf(value) })),
  ]);
  const rows = [...groupBy(told, ({ day, ...fact }) => JSON.stringify(fact)).values()].map((own) => {
    const { day, ...fact } = own[0];
    const days = own.map((each) => each.day).sort();
    return { ...fact, events: own.length, first_day: days[0], last_day: days.at(-1) };
  });
  return ranked(rows, 'name', 'prop_key', 'kind').slice(0, top);
};

export const identities = ({ persons, links }, _, { logins, top }) => {
  const joined = links.filter(({ anonymous_id }) => persons[anonymous_id]);
  const rows = [...groupBy(joined, ({ anonymous_id }) => persons[anonymous_id])].map(([person, own]) => {
    const ids = (test) => count(own.filter(test), ({ id }) => id);
    return {
      person,
      installations: count(own, ({ anonymous_id }) => anonymous_id),
      logins: ids(({ kind }) => kind === 'user_id'),
      other_ids: ids(({ kind }) => kind !== 'user_id'),
      people: 1,
    };
  });
  return ranked(
    rows.filter((row) => (row.installations > 1 || row.logins > 1) && (!logins || row.logins > logins)),
    '-logins',
    '-installations',
    'person',
  ).slice(0, top);
};

const HOUR = 60 * MINUTE;
export const requests = ({ arrivals }, _, { hours }) => {
  const rows = [...groupBy(arrivals, ({ received_at }) => Math.floor(received_at / HOUR))].map(([hour, own]) => ({
    began_at: hour * HOUR,
    batches: own.length,
    ...Object.fromEntries(['events', 'repeats', 'rejected'].map((key) => [key, sum(own, (row) => row[key])])),
  }));
  return ranked(rows, '-began_at').slice(0, hours);
};
