import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLines } from '../../src/loader/loadLines.js';
import { ALL_ORDERS } from '../../src/loader/orderRows.js';
import { ordersSql } from '../../src/store/schemaSql.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent, makeLine } from '../helpers/makeBatch.js';

const HOUR = 3_600_000;
const SENT_AT = makeBatch().sent_at;
const NAMES = ['order_paid', 'order_paid', 'order_submitted', 'checkout_started', 'order_refunded', 'order_cancelled'];
const WHO = [
  { anonymous_id: 'u1', user_id: 'u1', platform: 'server' },
  { anonymous_id: 'phone', user_id: 'u1', source: { channel_group: 'ads' } },
  { anonymous_id: 'tablet', source: { channel_group: 'search' } },
];

const telling = fc.record({
  name: fc.constantFrom(...NAMES),
  who: fc.nat(WHO.length - 1),
  boot: fc.integer({ min: 1, max: 2 }),
  ts: fc.integer({ min: 0, max: 5 }),
  order: fc.constantFrom('o1', 'o2'),
  value: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
  refund: fc.constantFrom(undefined, 'r1', 'r2'),
});
/** One request; `lateMs`: how far the clock of the phone is behind. */
const request = fc.record({
  tellings: fc.array(telling, { minLength: 1, maxLength: 4 }),
  lateMs: fc.constantFrom(0, HOUR, 30 * HOUR),
});

const lineOf = ({ tellings, lateMs }, number) => {
  const events = tellings.map(({ name, who, boot, ts, order, value, refund }, index) =>
    makeEvent({
      name,
      context: who,
      boot,
      seq: number * 10 + index,
      ts: SENT_AT + ts,
      properties: { order_id: order, value, refund_id: refund, coupon_id: `c${ts}` },
    }),
  );
  return makeLine(makeBatch({ contexts: WHO.map(makeContext), events }), SENT_AT + lateMs + number);
};

const told = async (store) => [
  await store.query('SELECT * FROM orders ORDER BY order_id'),
  await store.query(`SELECT * FROM (${ordersSql()}) AS defined ORDER BY order_id`),
];

describe('orders', () => {
  it('are what the definition says of all events, whatever is told in which order, corrected and erased', async () => {
    const store = await openStore({ url: ':memory:' });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 6 }), fc.nat(WHO.length - 1), async (requests, erased) => {
        for (const [number, each] of requests.entries()) {
          await loadLines(store, [lineOf(each, number)]);
          const [kept, defined] = await told(store);
          expect(kept).toEqual(defined);
        }
        await store.loader.erase({ anonymousIds: [WHO[erased].anonymous_id] });
        const [kept, defined] = await told(store);
        expect(kept).toEqual(defined);
        for (const statement of ALL_ORDERS) await store.run(statement);
        expect((await told(store))[0]).toEqual(defined);
        await store.loader.erase({ anonymousIds: WHO.map(({ anonymous_id: id }) => id) });
        expect(await store.query('SELECT * FROM order_events')).toEqual([]);
      }),
      { numRuns: 25 },
    );
    await store.close();
  }, 120_000);
});
