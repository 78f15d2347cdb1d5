import { describe, expect, it } from 'vitest';
import { decided, lines, PLAN, store } from '../population.js';

const { visitors, names, truth } = decided;
const bodies = lines.map((line) => JSON.parse(line));

describe('what arrived', () => {
  it('is there once', async () => {
    const seen = new Set();
    let repeats = 0;
    for (const { body } of bodies) for (const { id } of body.batch) seen.has(id) ? repeats++ : seen.add(id);
    const [row] = await store.query('SELECT count(*) AS events, count(DISTINCT id) AS ids FROM events');
    const [arrived] = await store.query('SELECT sum(repeats) AS repeats FROM arrivals');
    expect(row).toEqual({ events: seen.size, ids: seen.size });
    expect(arrived.repeats).toBe(repeats);
    expect(repeats).toBeGreaterThan(0);
  });

  it('is all that the phones took in, but for what they gave up', async () => {
    const rows = await store.query(
      "SELECT anonymous_id, boot, count(*) AS n, max(seq) AS last FROM events WHERE platform IN ('wechat', 'alipay', 'douyin') GROUP BY 1, 2",
    );
    const arrived = new Map(rows.map(({ anonymous_id, boot, n }) => [`${anonymous_id} ${boot}`, n]));
    let missing = 0;
    for (const { anonymousId, boots, consent, excluded } of visitors) {
      // Previews have no id of their own; who refuses leaves nothing.
      if (consent === 'denied' || excluded === 'single_page') continue;
      boots.forEach((accepted, i) => {
        missing += accepted - (arrived.get(`${anonymousId} ${i + 1}`) || 0);
      });
    }
    const [given] = await store.query(
      "SELECT sum(n) AS n, sum(CASE WHEN reason = 'filtered' THEN n ELSE 0 END) AS filtered FROM drops",
    );
    // Of what expired some had arrived: its answer was lost.
    expect(missing).toBeLessThanOrEqual(given.n);
    expect(missing).toBeGreaterThan(given.filtered);
    expect(given.filtered).toBeGreaterThan(0);
  });

  it('leaves nothing of those who refuse', async () => {
    const refused = new Set(visitors.filter(({ consent }) => consent === 'denied').map(({ index }) => index));
    expect(refused.size).toBeGreaterThan(0);
    expect(truth.visits.some(({ visitor }) => refused.has(visitor))).toBe(false);
    const [{ n }] = await store.query(
      "SELECT count(DISTINCT anonymous_id) AS n FROM events WHERE platform IN ('wechat', 'alipay', 'douyin') AND excluded IS DISTINCT FROM 'single_page'",
    );
    const known = new Set(truth.visits.filter(({ excluded }) => excluded !== 'single_page').map(({ visitor }) => visitor));
    expect(n).toBe(known.size);
  });
});

describe('persons', () => {
  it('are joined as decided, by their names', async () => {
    const rows = await store.query('SELECT anonymous_id, person FROM persons');
    const joined = new Map(rows.map(({ anonymous_id, person }) => [anonymous_id, person]));
    const arrived = new Set(truth.visits.map(({ visitor }) => visitor));
    for (const { index, anonymousId, excluded } of visitors) {
      if (!arrived.has(index) || excluded === 'single_page') continue;
      expect([index, joined.get(anonymousId) ?? anonymousId]).toEqual([index, names[index]]);
    }
    expect(new Set(names).size).toBeLessThan(visitors.length);
  });
});

describe('time', () => {
  it('is that of the visit, whatever the clock of the phone says', async () => {
    const rows = await store.query(
      "SELECT anonymous_id, day, hour, t FROM events WHERE name = 'app_launch' AND excluded IS DISTINCT FROM 'single_page' ORDER BY t",
    );
    const launches = new Map();
    for (const row of rows) launches.set(row.anonymous_id, [...(launches.get(row.anonymous_id) || []), row]);
    let wrong = 0;
    for (const visit of truth.visits) {
      if (visit.own || visit.excluded === 'single_page') continue;
      const { anonymousId, clockOffset } = visitors[visit.visitor];
      const launch = launches.get(anonymousId).shift();
      const hour = Math.floor((visit.at - truth.zeroDay) / 3_600_000);
      expect([launch.day, launch.hour]).toEqual([decided.date(visit.day), ((hour % 24) + 24) % 24]);
      const tolerance = Math.abs(clockOffset) <= 120_000 ? 0 : 400;
      const off = Math.abs(clockOffset) <= 120_000 ? clockOffset : 0;
      if (tolerance) wrong++;
      expect(Math.abs(launch.t - visit.at - off)).toBeLessThanOrEqual(tolerance);
    }
    expect(wrong).toBeGreaterThan(0);
  });
});

describe('traffic that does not count', () => {
  it.each(['test', 'automated', 'single_page'])('%s is told apart', async (reason) => {
    const decidedVisits = truth.visits.filter(({ excluded }) => excluded === reason);
    const [{ n }] = await store.query(
      "SELECT count(*) AS n FROM events WHERE name = 'page_view' AND excluded = $reason AND properties['resumed'] IS NULL",
      { reason },
    );
    expect(n).toBe(decided.sum(decidedVisits, ({ pages, web }) => pages.length + web));
    expect(n).toBeGreaterThan(0);
  });

  it('own opens are among it', async () => {
    const [{ n }] = await store.query("SELECT count(*) AS n FROM events WHERE excluded = 'own'");
    const own = truth.opens.filter(({ own, visit }) => own && !truth.visits[visit].excluded);
    expect(n).toBe(own.length);
    expect(PLAN.openers.own).toBeGreaterThan(0);
  });
});
