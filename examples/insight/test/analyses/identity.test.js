import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadLines } from '../../src/loader/loadLines.js';
import { openStore } from '../../src/store/store.js';

const BATCH = 50;
const RUNS = 20;

const login = fc.record({
  installation: fc.integer({ min: 0, max: 5 }),
  user: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  union: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 1 }),
});
const groups = fc.array(fc.array(login, { minLength: 1, maxLength: 10 }), { minLength: BATCH, maxLength: BATCH });

const T = Date.parse('2026-09-02T04:00:00Z');
const line = (contexts) =>
  JSON.stringify({
    received_at: T + 2000,
    key: 'shop',
    rejected: 0,
    body: {
      schema: 'minitrail/1',
      batch_id: randomUUID(),
      sent_at: T + 1000,
      clock_offset_ms: 0,
      contexts,
      batch: contexts.map((_, context) => ({
        id: randomUUID(),
        boot: 1,
        seq: context,
        type: 'track',
        name: 'x',
        ts: T + context,
        session_id: 's',
        properties: {},
        context,
      })),
      drops: {},
    },
  });

/** Who is one person: follow the ids until nothing new turns up. */
const components = (contexts) => {
  const people = new Map();
  for (const { anonymous_id } of contexts) {
    const met = new Set([`a ${anonymous_id}`]);
    for (let size = 0; size !== met.size; ) {
      size = met.size;
      for (const { anonymous_id: a, user_id: u, ids } of contexts) {
        const own = [`a ${a}`, u && `u ${u}`, ids && `i ${ids.unionid}`].filter(Boolean);
        if (own.some((id) => met.has(id))) for (const id of own) met.add(id);
      }
    }
    const users = [...met]
      .filter((id) => id.startsWith('u '))
      .map((id) => id.slice(2))
      .sort();
    const installations = [...met]
      .filter((id) => id.startsWith('a '))
      .map((id) => id.slice(2))
      .sort();
    people.set(anonymous_id, users[0] ?? installations[0]);
  }
  return people;
};

test('persons against following the ids, 1,000 populations, in two loads', async () => {
  await fc.assert(
    fc.asyncProperty(groups, fc.nat(BATCH), async (populations, cut) => {
      const store = await openStore({ url: ':memory:' });
      try {
        const contexts = populations.map((logins, g) =>
          logins.map(({ installation, user, union }) => ({
            anonymous_id: `g${g}a${installation}`,
            platform: 'wechat',
            sdk: 'minitrail/0.1.0',
            network_type: 'wifi',
            ...(user === undefined ? {} : { user_id: `g${g}u${user}` }),
            ...(union === undefined ? {} : { ids: { unionid: `g${g}i${union}` } }),
          })),
        );
        // Half of each population comes later: a join must reach back to who is known already.
        await loadLines(
          store,
          contexts.map((each) => line(each.slice(0, Math.ceil(each.length / 2)))).filter((_, i) => i !== cut),
        );
        await loadLines(store, [
          ...contexts
            .map((each) => each.slice(Math.ceil(each.length / 2)))
            .filter((each) => each.length)
            .map(line),
          ...contexts.filter((_, i) => i === cut).map(line),
        ]);
        const wanted = new Map(contexts.flatMap((each) => [...components(each)]));
        const rows = await store.query(
          'SELECT DISTINCT e.anonymous_id AS anonymous_id, coalesce(p.person, e.anonymous_id) AS person FROM events AS e LEFT JOIN persons AS p ON p.anonymous_id = e.anonymous_id',
        );
        expect(new Map(rows.map(({ anonymous_id, person }) => [anonymous_id, person]))).toEqual(wanted);
      } finally {
        await store.close();
      }
    }),
    { numRuns: RUNS },
  );
});
