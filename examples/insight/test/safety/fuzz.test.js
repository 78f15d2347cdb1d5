import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBatch, makeContext, makeEvent } from '../helpers/makeBatch.js';
import { openServer } from '../helpers/openServer.js';

/** 200 of each kind in the suite; `FUZZ_RUNS=2000 npx vitest run test/safety` for 10,000 requests and more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);
const SEED = Number(process.env.FUZZ_SEED ?? 20261120);

const anyJson = fc.oneof(fc.json(), fc.string(), fc.constantFrom('[]', '{}', 'null', '"x"', '1e999', '[1,'));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    "a'; DROP TABLE events; --",
    'x"]',
    '\u0000',
    '属性',
    '__proto__',
    '\ud83d',
    '{p0:String}',
    '$p0',
    '%00',
    '../..',
  ),
);
const oddValue = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, [], {}, -0, 1e300, 2 ** 53, 1e-7),
  fc.jsonValue(),
);
const oddEvent = fc.record(
  {
    name: fc.oneof(text, oddValue),
    boot: oddValue,
    seq: oddValue,
    ts: oddValue,
    session_id: oddValue,
    context: oddValue,
    properties: fc.oneof(fc.dictionary(text, oddValue), oddValue),
  },
  { requiredKeys: [] },
);
const oddContext = fc.record(
  {
    anonymous_id: text,
    user_id: text,
    source: fc.oneof(fc.dictionary(text, oddValue), oddValue),
    ids: fc.dictionary(text, oddValue),
    single_page: oddValue,
    session_index: oddValue,
  },
  { requiredKeys: [] },
);
/** Right in form, so that it is taken, and odd in every text. */
const plainEvent = fc.record({
  name: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  properties: fc.dictionary(text, oddValue),
});
const plainContext = fc.record({ anonymous_id: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }) });
const oddRest = fc.record({ sent_at: oddValue, drops: oddValue, batch_id: oddValue }, { requiredKeys: [] });
const oddBatch = fc
  .tuple(
    fc.array(fc.oneof(oddEvent, plainEvent, plainEvent), { minLength: 1, maxLength: 4 }),
    fc.array(fc.oneof(oddContext, plainContext), { minLength: 1, maxLength: 2 }),
    fc.oneof(fc.constant({}), fc.constant({}), oddRest),
  )
  .map(([events, contexts, rest]) =>
    makeBatch({ events: events.map(makeEvent), contexts: contexts.map(makeContext), ...rest }),
  );
const header = fc.stringMatching(/^[\x21-\x7e]{0,60}$/);

describe('whatever is sent', () => {
  let server;
  beforeAll(async () => {
    server = await openServer({ INSIGHT_REQUESTS_PER_MINUTE: '100000000' });
  });
  afterAll(async () => {
    await server.close();
    server.remove();
  });
  const check = (arbitrary, send) =>
    fc.assert(
      fc.asyncProperty(arbitrary, async (given) => {
        const { status } = await send(given);
        if (status >= 500) throw new Error(`answered ${status}`);
      }),
      { numRuns: RUNS, seed: SEED },
    );

  it('as a body is answered without 5xx, and what is accepted is loaded', async () => {
    let accepted = 0;
    await check(
      fc.oneof(
        anyJson,
        oddBatch.map((batch) => JSON.stringify(batch)),
      ),
      async (body) => {
        const answer = await server.post(body);
        if (answer.status === 200) accepted += (await answer.json()).accepted.length;
        return answer;
      },
    );
    expect(accepted).toBeGreaterThan(0);
    expect(await server.count()).toBe(accepted);
    expect(server.loading.status()).toMatchObject({ unreadable: 0, failure: undefined });
  });

  it('as headers is answered without 5xx', async () => {
    const headers = fc.record(
      {
        'content-type': header,
        'content-encoding': header,
        authorization: header,
        'x-write-key': header,
        cookie: header,
        origin: header,
      },
      { requiredKeys: [] },
    );
    await check(headers, (given) => server.post(makeBatch(), given));
    await check(headers, (given) => fetch(`${server.url}/api/status`, { headers: given }));
  });

  it('as gzip is answered without 5xx', async () => {
    const packed = fc
      .tuple(fc.uint8Array({ maxLength: 200 }), fc.nat(400))
      .map(([noise, at]) => Buffer.concat([gzipSync(JSON.stringify(makeBatch())).subarray(0, at), noise]));
    await check(packed, (body) => server.post(body, { 'content-encoding': 'gzip' }));
  });

  it('as an address or a query of a report is answered without 5xx', async () => {
    const queries = fc.dictionary(
      fc.oneof(text, fc.constantFrom('from', 'to', 'unit', 'filters', 'name', 'steps', 'event', 'segment')),
      text,
      { maxKeys: 4 },
    );
    const names = fc.constantFrom('trend', 'funnel', 'retention', 'overview', 'channels', 'paths', 'heat');
    await check(fc.tuple(names, queries), ([name, query]) =>
      fetch(`${server.url}/api/analyses/${name}?${new URLSearchParams(query)}`),
    );
    await check(text, (path) => fetch(`${server.url}/api/${encodeURIComponent(path.toWellFormed())}`));
    await check(
      text.filter((id) => id !== '' && id !== '.' && id !== '..'),
      (id) => fetch(`${server.url}/api/people/${encodeURIComponent(id.toWellFormed())}`, { method: 'DELETE' }),
    );
  }, 300_000);
});
