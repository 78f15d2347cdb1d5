import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeBatch, makeContext, makeEvent } from '../helpers/makeBatch.js';
import { openServer } from '../helpers/openServer.js';

const rule = (more = {}) => ({ id: 'hesitates', when: { event: 'product_viewed', times: 3 }, then: 'coupon', ...more });

let server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(async () => {
  await server.close();
  server.remove();
});

const request = async (method, path, body) => {
  const response = await fetch(server.url + path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};
/** What the collector says to the plugins of a phone. */
const said = async (anonymous_id, context = {}, events = [{}]) => {
  const response = await server.post(
    makeBatch({
      contexts: [makeContext({ anonymous_id, ...context })],
      events: events.map((event, seq) => makeEvent({ seq, ...event })),
    }),
  );
  expect(response.status).toBe(200);
  return (await response.json()).minitrail;
};

beforeEach(() => request('DELETE', '/api/rules'));

describe('rules for phones', () => {
  it('are answered to every batch from the moment on in which they are given, and kept over a restart', async () => {
    expect(await said('a')).toBeUndefined();
    expect((await request('PUT', '/api/rules', [rule()])).body).toEqual({ rules: [rule()] });
    expect(await said('a')).toEqual({ rules: [rule()], tags: [] });
    const { dataFolder } = server;
    await server.close();
    server = await openServer({}, dataFolder);
    expect(await said('a')).toEqual({ rules: [rule()], tags: [] });
    // None is something to say, too: phones shall stop.
    await request('PUT', '/api/rules', []);
    expect(await said('a')).toEqual({ rules: [], tags: [] });
    await request('DELETE', '/api/rules');
    expect(await said('a')).toBeUndefined();
  });

  it('come with the tags of the person that a rule asks for, on each of their phones', async () => {
    for (const id of ['phone', 'tablet']) await said(id, { user_id: 'u' }, [{ name: id === 'phone' ? 'order_paid' : 'x' }]);
    await said('other');
    await server.loading.settle();
    const saved = await request('POST', '/api/segments', {
      name: 'Buyers',
      params: { rules: [{ kind: 'did', event: 'order_paid', times: 1 }] },
    });
    expect(saved.status).toBe(200);
    for (const name of ['loyal', 'not asked for'])
      expect((await request('POST', '/api/tags', { name, segment: saved.body.id })).status).toBe(200);
    await request('POST', '/api/tags/compute');
    await request('PUT', '/api/rules', [rule({ only: { tags: ['loyal', 'new'] } })]);
    const tags = async (id) => (await said(id)).tags;
    expect([await tags('phone'), await tags('tablet'), await tags('other')]).toEqual([['loyal'], ['loyal'], []]);
  });

  it.each([
    ['rules', { rules: [] }],
    ['rules', Array.from({ length: 21 }, (_, i) => rule({ id: `r${i}` }))],
    ['rules', [rule({ only: { tags: 'x'.repeat(3000) } })]],
    ['id', [rule({ id: 'with blank' })]],
    ['id', [null]],
    ['id', [rule(), rule()]],
    ['when', [rule({ when: {} })]],
    ['when', [rule({ when: { event: [] } })]],
    ['when', [rule({ when: { event: ['a', 5] } })]],
    ['then', [rule({ then: undefined })]],
  ])('are refused where %s is wrong: %j', async (field, body) => {
    const answer = await request('PUT', '/api/rules', body);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
    expect((await request('GET', '/api/rules')).body).toEqual({ rules: null });
  });
});
