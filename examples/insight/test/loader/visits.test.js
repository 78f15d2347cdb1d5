import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLines } from '../../src/loader/loadLines.js';
import { ALL_VISITS } from '../../src/loader/visitRows.js';
import { visitDaysSql } from '../../src/store/schemaSql.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent, makeLine } from '../helpers/makeBatch.js';

const HOUR = 3_600_000;
const SENT_AT = makeBatch().sent_at;
const WHO = [
  { anonymous_id: 'phone', source: { scene: '1011', utm_content: 'poster' }, first_source: { channel_group: 'ads' } },
  { anonymous_id: 'phone', source: { channel_group: 'search' } },
  { anonymous_id: 'tablet', app_env: 'trial' },
  { anonymous_id: 'u1', user_id: 'u1', platform: 'server' },
];

const telling = fc.record({
  name: fc.constantFrom('page_view', 'page_leave', 'order_paid'),
  type: fc.constantFrom('auto', 'auto', 'track', 'server'),
  who: fc.nat(WHO.length - 1),
  boot: fc.integer({ min: 1, max: 2 }),
  ts: fc.integer({ min: -2, max: 5 }),
  hours: fc.constantFrom(0, 0, -9, 15),
  session: fc.constantFrom('s1', 's2'),
  recovered: fc.boolean(),
});
/** One request; `lateMs`: how far the clock of the phone is behind. */
const request = fc.record({
  tellings: fc.array(telling, { minLength: 1, maxLength: 5 }),
  lateMs: fc.constantFrom(0, HOUR, 30 * HOUR),
});

const lineOf = ({ tellings, lateMs }, number) => {
  const events = tellings.map(({ name, type, who, boot, ts, hours, session, recovered }, index) =>
    makeEvent({
      name,
      type,
      context: who,
      boot,
      // The later event may come first.
      seq: 100 - number * 10 - index,
      ts: SENT_AT + ts + hours * HOUR,
      session_id: session,
      properties: recovered ? { recovered } : {},
    }),
  );
  return makeLine(makeBatch({ contexts: WHO.map(makeContext), events }), SENT_AT + lateMs + number);
};

const KEY = 'visitor_no, session_no, in_session, day, counted, touches';
/** Of each visit and day the row that decides. */
const deciding = (from) =>
  `SELECT *, CAST(visitor_no AS VARCHAR) AS visitor_no, CAST(session_no AS VARCHAR) AS session_no FROM (${from}) AS told
   QUALIFY row_number() OVER (PARTITION BY ${KEY} ORDER BY t, seq) = 1 ORDER BY ALL`;
const told = async (store) => [await store.query(deciding('FROM visit_days')), await store.query(deciding(visitDaysSql()))];

describe('what is kept of visits', () => {
  it('decides what the definition says of all events, whatever comes in which order, corrected and erased', async () => {
    const store = await openStore({ url: ':memory:' });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('phone', 'u1'),
        async (requests, erased) => {
          for (const [number, each] of requests.entries()) {
            await loadLines(store, [lineOf(each, number)]);
            const [kept, defined] = await told(store);
            expect(kept).toEqual(defined);
          }
          await store.loader.erase({ anonymousIds: [erased] });
          const [kept, defined] = await told(store);
          expect(kept).toEqual(defined);
          for (const statement of ALL_VISITS) await store.run(statement);
          expect((await told(store))[0]).toEqual(defined);
          await store.loader.erase({ anonymousIds: WHO.map(({ anonymous_id: id }) => id) });
          expect(await store.query('SELECT * FROM visit_days')).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
    await store.close();
  }, 120_000);

  it('is one row for each visit and day, however many requests tell of it', async () => {
    const store = await openStore({ url: ':memory:' });
    for (let seq = 0; seq < 5; seq += 1)
      await loadLines(store, [makeLine(makeBatch({ events: [makeEvent({ seq, ts: SENT_AT + seq })] }), SENT_AT + seq)]);
    expect(await store.query('SELECT count(*) AS n FROM visit_days')).toEqual([{ n: 1 }]);
    await store.close();
  });
});
