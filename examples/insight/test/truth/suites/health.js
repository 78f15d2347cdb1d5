import { describe, expect, it } from 'vitest';
import { answerOf, ask } from '../ask.js';
import { arrived, counted, nameOf, sent } from '../counted.js';
import { groupBy } from '../decided.js';
import { decided, LAST } from '../population.js';

const { truth, visitors, names, sum } = decided;
/** From before the first order of a member on. */
const EVER = { from: -410 };

describe('audit', () => {
  it('explains what is missing', async () => {
    const rows = await ask('audit', EVER);
    // A launch of which nothing arrived is not seen; of those that are, only what the app filtered is missing. Previews
    // have one id for all.
    const filtered = truth.visits.filter(({ filtered, excluded }) => filtered && excluded !== 'single_page');
    expect(sum(rows, 'missing')).toBe(filtered.length);
    expect(sum(rows, 'unexplained')).toBe(0);
    const launches = groupBy(sent, ({ context, boot }) => `${context.anonymous_id} ${boot}`);
    const begun = [...launches.values()].filter((list) => Math.min(...list.map(({ day }) => day)) >= EVER.from);
    expect(sum(rows, 'arrived')).toBe(sum(begun, 'length'));
    const byDay = groupBy(begun, (list) => decided.date(Math.min(...list.map(({ day }) => day))));
    expect(rows.map(({ day, launches: n, people, accepted, arrived: there }) => [day, n, people, accepted, there])).toEqual(
      [...byDay]
        .sort()
        .map(([day, lists]) => [
          day,
          lists.length,
          new Set(lists.map(([{ context }]) => context.anonymous_id)).size,
          sum(lists, (list) => Math.max(...list.map(({ seq }) => seq)) + 1),
          sum(lists, 'length'),
        ]),
    );
  });

  it('counts repeats', async () => {
    const rows = await ask('requests', { hours: 2400 });
    const byHour = [...groupBy(arrived.requests, ({ received_at: at }) => at - (at % 3_600_000))];
    expect(rows).toEqual(
      byHour
        .sort(([a], [b]) => b - a)
        .slice(0, 2400)
        .map(([began_at, list]) => ({
          began_at,
          batches: list.length,
          events: sum(list, 'events'),
          repeats: sum(list, 'repeats'),
          rejected: 0,
        })),
    );
    expect(sum(rows, 'repeats')).toBeGreaterThan(0);
  });
});

describe('excluded traffic', () => {
  it('by reason', async () => {
    const rows = await ask('excludedTraffic', EVER);
    const reasons = Object.fromEntries(rows.map(({ reason, people }) => [reason, people]));
    for (const reason of ['test', 'automated']) {
      const own = truth.visits.filter(({ excluded }) => excluded === reason);
      expect(reasons[reason]).toBe(new Set(own.map(({ visitor }) => decided.names[visitor])).size);
    }
    expect(reasons.single_page).toBe(1);
    const part = await ask('excludedTraffic', { from: 20, to: 60 });
    expect(sum(part, 'events')).toBe(sent.filter(({ day }) => day >= 20 && day <= 60).length);
    const events = groupBy(
      sent.filter(({ day }) => day >= EVER.from && day <= LAST),
      ({ excluded }) => excluded,
    );
    expect(Object.fromEntries(rows.map(({ reason, events }) => [reason, events]))).toEqual(
      Object.fromEntries([...events].map(([reason, list]) => [reason, list.length])),
    );
  });
});

describe('identities', () => {
  it('lists the phones that many people log in on', async () => {
    const rows = await ask('identities', { logins: 1, top: 5000 });
    const kiosks = visitors.filter(({ userIds }) => userIds.length > 1);
    expect(rows.map(({ person }) => person).sort()).toEqual(kiosks.map(({ index }) => decided.names[index]).sort());
    for (const { person, logins } of rows)
      expect(logins).toBe(kiosks.find(({ index }) => decided.names[index] === person).userIds.length);
  });

  it('lists people with two phones', async () => {
    const rows = await ask('identities', { top: 5000 });
    const there = new Set(truth.visits.map(({ visitor }) => visitor));
    const known = visitors
      .filter(({ index, excluded }) => there.has(index) && excluded !== 'single_page')
      .map(({ index, anonymousId, userIds, unionid }) => ({ who: names[index], anonymousId, userIds, unionid }));
    // The server's events of a member come from an installation of its own, which is named by the login.
    const told = [...new Set(truth.told.map(({ userId }) => userId))].map((id) => ({ who: nameOf.get(id), anonymousId: id }));
    const joined = groupBy(
      [...known, ...told].filter(({ userIds, unionid }) => !userIds || userIds.length || unionid),
      ({ who }) => who,
    );
    const expected = [...joined].map(([person, list]) => ({
      person,
      installations: new Set(list.map(({ anonymousId }) => anonymousId)).size,
      logins: new Set(list.flatMap(({ userIds = [] }) => userIds)).size,
      other_ids: new Set(list.map(({ unionid }) => unionid).filter(Boolean)).size,
      people: 1,
    }));
    const byName = (a, b) => (a.person < b.person ? -1 : 1);
    expect([...rows].sort(byName)).toEqual(
      expected.filter(({ installations, logins }) => installations > 1 || logins > 1).sort(byName),
    );
    expect(rows.some(({ other_ids }) => other_ids)).toBe(true);
  });
});

describe('versions', () => {
  it('are those that were installed', async () => {
    const rows = await ask('versions', { by: 'app_version' });
    const own = groupBy(counted, ({ context }) => `${context.platform} ${context.app_version || ''}`);
    expect(Object.fromEntries(rows.map(({ host, version, ...row }) => [`${host} ${version}`, row]))).toEqual(
      Object.fromEntries(
        [...own].map(([key, list]) => [
          key,
          {
            events: list.length,
            people: decided.people(list),
            last_day: decided.date(list.reduce((last, { day }) => Math.max(last, day), 0)),
          },
        ]),
      ),
    );
    expect(new Set(rows.map(({ version }) => version).filter(Boolean))).toEqual(new Set(['2.3.1', '2.4.0']));
  });

  it('arrive soon, but for those who were offline', async () => {
    const { rows, more } = await answerOf('delay');
    const late = counted.map(({ who, received_at, t, day }) => ({ who, day, ms: Math.max(0, received_at - t) }));
    const byDay = groupBy(late, ({ day }) => decided.date(day));
    expect(more.days).toEqual(
      [...byDay].sort().map(([day, list]) => ({
        day,
        events: list.length,
        median_ms: list.map(({ ms }) => ms).sort((a, b) => a - b)[Math.ceil(list.length / 2) - 1],
        after_a_minute: list.filter(({ ms }) => ms >= 60_000).length,
        after_a_day: list.filter(({ ms }) => ms >= 86_400_000).length,
      })),
    );
    const within = rows.map(({ from_ms, below_ms }) => late.filter(({ ms }) => ms >= from_ms && ms < (below_ms ?? Infinity)));
    expect(rows.map(({ events, people }) => [events, people])).toEqual(
      within.map((list) => [list.length, decided.people(list)]),
    );
    expect(sum(rows, 'events')).toBe(late.length);
    expect(late.filter(({ ms }) => ms < 60_000).length / late.length).toBeGreaterThan(0.9);
    expect(late.some(({ ms }) => ms >= 3_600_000)).toBe(true);
  });
});
