import { describe, expect, it } from 'vitest';
import { answerOf, ask } from '../ask.js';
import { decided, lines, store } from '../population.js';

const { truth, visitors, sum } = decided;
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
    const [{ events }] = await store.query('SELECT count(*) AS events FROM events');
    expect(sum(rows, 'arrived')).toBe(events);
  });

  it('counts repeats', async () => {
    const rows = await ask('requests', { hours: 2400 });
    const [{ repeats }] = await store.query('SELECT sum(repeats) AS repeats FROM arrivals');
    expect(sum(rows, 'batches')).toBeLessThanOrEqual(lines.length);
    expect(repeats).toBeGreaterThan(0);
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
    const byName = new Map();
    const there = new Set(truth.visits.map(({ visitor }) => visitor));
    for (const { index } of visitors)
      if (there.has(index)) byName.set(decided.names[index], (byName.get(decided.names[index]) || 0) + 1);
    const two = [...byName].filter(([, n]) => n > 1).map(([who]) => who);
    expect(two.length).toBeGreaterThan(0);
    expect(rows.map(({ person }) => person)).toEqual(expect.arrayContaining(two));
  });
});

describe('versions', () => {
  it('are those that were installed', async () => {
    const rows = await ask('versions', { by: 'app_version' });
    expect(new Set(rows.map(({ version }) => version).filter(Boolean))).toEqual(new Set(['2.3.1', '2.4.0']));
  });

  it('arrive soon, but for those who were offline', async () => {
    const { rows } = await answerOf('delay');
    const soon = sum(
      rows.filter(({ below_ms }) => below_ms && below_ms <= 60_000),
      'events',
    );
    expect(soon / sum(rows, 'events')).toBeGreaterThan(0.9);
    const late = rows.filter(({ from_ms }) => from_ms >= 3_600_000);
    expect(sum(late, 'events')).toBeGreaterThan(0);
  });
});
