import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hourIn } from '../../src/analyses/days.js';
import { journalFiles } from '../../src/journal/journalFiles.js';
import { loadJournal } from '../../src/loader/loadJournal.js';
import { isHeldOut, messageIdOf, readMessages } from '../../src/recall/messages.js';
import { openStore } from '../../src/store/store.js';
import { makeBatch, makeContext, makeEvent } from '../helpers/makeBatch.js';
import { openServer } from '../helpers/openServer.js';
import { openWebhook } from '../helpers/openWebhook.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let server;
let webhook;
let now;
const clock = { now: () => now };

const request = async (method, path, body) => {
  const response = await fetch(server.url + path, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
};
const create = async (more = {}) =>
  (await request('POST', '/api/recall/campaigns', { name: 'Carts', webhook: webhook.url, ...more })).body;
const messages = async ({ id }, state) =>
  (await request('GET', `/api/recall/campaigns/${id}/messages${state ? `?state=${state}` : ''}`)).body;
const people = (calls = webhook.calls) => calls.map(({ body }) => body.person).sort();
const restart = async () => {
  await server.close();
  server = await openServer({}, server.dataFolder, clock);
};

/** Somebody who agreed to a template and left a product in the cart; with `hour`, who comes at that hour. */
const leaveCart = async (anonymous_id, { hour, ...context } = {}) => {
  const ago = hour === undefined ? 0 : (hourIn('Asia/Shanghai', now) - hour + 24) % 24;
  const visits = hour === undefined ? [] : [1, 2, 3].map((days) => now - ago * HOUR_MS - days * DAY_MS);
  const events = [
    { name: 'product_added', ts: now - 2000, properties: { product_id: 'tea', price: 30, quantity: 1 } },
    { type: 'auto', name: 'subscribe_message', ts: now - 1000, properties: { action: 'accepted', template_id: 'T1' } },
    ...visits.map((ts, i) => ({ type: 'auto', name: 'app_show', ts, session_id: `visit ${i}` })),
  ];
  const { status } = await server.post(
    makeBatch({
      sent_at: now,
      contexts: [makeContext({ anonymous_id, ...context })],
      events: events.map((event, seq) => makeEvent({ seq, ...event })),
    }),
  );
  expect(status).toBe(200);
};

beforeEach(async () => {
  // Half past: what is told of a moment ago was in the same hour.
  now = (Math.floor(Date.now() / HOUR_MS) + 0.5) * HOUR_MS;
  webhook = await openWebhook();
  server = await openServer({}, undefined, clock);
});
afterEach(async () => {
  await server.close();
  await webhook.close();
  server.remove();
});

test('calls once for each person and campaign, also after a restart and with the login that a guest took since', async () => {
  await leaveCart('guest');
  const campaign = await create();
  await server.delivery.tick();
  expect(webhook.calls).toEqual([
    {
      url: '/',
      key: webhook.calls[0].body.id,
      body: {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        campaign: { id: campaign.id, name: 'Carts' },
        person: 'guest',
        anonymous_ids: ['guest'],
        user_ids: [],
        unionids: [],
        template_id: 'T1',
        product_id: 'tea',
        reason: 'cart',
        hour: hourIn('Asia/Shanghai', now),
        attempt: 1,
      },
    },
  ]);
  await restart();
  now += 60_000;
  await leaveCart('guest', { user_id: 'a login' });
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  expect(await messages(campaign, 'sent')).toMatchObject([{ person: 'guest', attempts: 1, told_at: expect.any(Number) }]);
  expect((await request('GET', '/api/recall/campaigns')).body[0].messages).toMatchObject({ sent: 1, due: 0, dead: 0 });
  await create({ name: 'Another' });
  await server.delivery.tick();
  expect(people()).toEqual(['a login', 'guest']);
});

test.each([
  ['written to', 0],
  ['held out', 0.5],
])('writes once to two guests who turn out to be one person, and to none where one of them is %s', async (_, held_out) => {
  await create({ paused: true });
  const [campaign] = (await request('GET', '/api/recall/campaigns')).body;
  const isHeld = (anonymous_id) => isHeldOut(messageIdOf(campaign.id, anonymous_id), held_out);
  // One of each where some are held out.
  const ids = Array.from({ length: 100 }, (_each, i) => `guest ${i}`);
  const two = held_out ? [ids.find((id) => !isHeld(id)), ids.find(isHeld)] : ids.slice(0, 2);
  for (const id of two) await leaveCart(id);
  webhook.answers = [...(held_out ? [] : [{ status: 500 }]), { status: 500 }, { status: 200 }];
  await request('PATCH', `/api/recall/campaigns/${campaign.id}`, { paused: false, held_out });
  await server.delivery.tick();
  const before = webhook.calls.length;
  expect(before).toBe(held_out ? 1 : 2);
  for (const id of two) await leaveCart(id, { user_id: 'a login' });
  now += 120_000;
  await server.delivery.tick();
  await server.delivery.tick();
  expect(webhook.calls.length - before).toBe(held_out ? 0 : 1);
  expect((await request('GET', '/api/recall/campaigns')).body[0].messages).toMatchObject(
    held_out ? { sent: 0, held_out: 1, dead: 1, retry: 0 } : { sent: 1, held_out: 0, dead: 1, retry: 0 },
  );
  expect((await messages(campaign, 'dead'))[0].error).toMatch(/^the person has message [0-9a-f]{32} of this campaign/);
});

test('waits for the hour in which the person comes', async () => {
  const hour = (hourIn('Asia/Shanghai', now) + 3) % 24;
  await leaveCart('evening', { hour });
  await create();
  for (let i = 0; i < 3; i++) {
    await server.delivery.tick();
    expect(webhook.calls).toEqual([]);
    now += HOUR_MS;
  }
  await server.delivery.tick();
  expect(webhook.calls.map(({ body }) => [body.person, body.hour])).toEqual([['evening', hour]]);
});

test('tries again with longer and longer waits, then keeps the message as dead with the reason, and sends it again when told', async () => {
  webhook.answers = [{ status: 500, body: 'the shop is down' }];
  await leaveCart('guest');
  const campaign = await create();
  const waits = [];
  for (let minutes = 0, last = 0; minutes < 120; minutes++) {
    const before = webhook.calls.length;
    await server.delivery.tick();
    if (webhook.calls.length > before) {
      waits.push(minutes - last);
      last = minutes;
    }
    now += 60_000;
  }
  expect(waits).toEqual([0, 1, 2, 4, 8, 16]);
  expect(new Set(webhook.calls.map(({ key }) => key)).size).toBe(1);
  expect(webhook.calls.map(({ body }) => body.attempt)).toEqual([1, 2, 3, 4, 5, 6]);
  const [dead] = await messages(campaign, 'dead');
  expect(dead).toMatchObject({ person: 'guest', attempts: 6, error: '6 tries, the last: status 500: the shop is down' });
  webhook.answers = [{ status: 200 }];
  await restart();
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(6);
  const again = `/api/recall/campaigns/${campaign.id}/again`;
  expect((await request('POST', again, { ids: ['other'] })).body).toEqual({ due: 0 });
  expect((await request('POST', again, { ids: [dead.id] })).body).toEqual({ due: 1 });
  await server.delivery.tick();
  expect((await messages(campaign)).map(({ state, error }) => [state, error])).toEqual([['sent', '']]);
});

test('a wait goes on after a restart', async () => {
  webhook.answers = [{ status: 500 }, { status: 200 }];
  await leaveCart('guest');
  await create();
  await server.delivery.tick();
  await restart();
  now += 59_000;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  now += 1000;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(2);
});

test('a busy webhook is left alone by all messages for as long as it asks', async () => {
  webhook.answers = [{ status: 429, headers: { 'retry-after': '600' } }, { status: 200 }];
  for (const id of ['a', 'b', 'c']) await leaveCart(id);
  await create();
  await server.delivery.tick();
  now += 599_000;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  now += 1000;
  await server.delivery.tick();
  expect(people(webhook.calls.slice(1))).toEqual(['a', 'b', 'c']);
});

test('a message that is told to wait waits so long, and the others do not', async () => {
  webhook.answers = [{ status: 500, headers: { 'retry-after': '300' } }, { status: 200 }];
  for (const id of ['a', 'b']) await leaveCart(id);
  await create();
  await server.delivery.tick();
  expect(people()).toEqual(['a', 'b']);
  now += 299_000;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(2);
  now += 1000;
  await server.delivery.tick();
  expect(webhook.calls.slice(2).map(({ body }) => [body.person, body.attempt])).toEqual([[webhook.calls[0].body.person, 2]]);
});

test('a wait of hours ends in the hour of the person', async () => {
  webhook.answers = [{ status: 500, headers: { 'retry-after': '7200' } }, { status: 200 }];
  await leaveCart('guest', { hour: hourIn('Asia/Shanghai', now) });
  await create();
  for (const hours of [0, 2, 1, 20]) {
    now += hours * HOUR_MS;
    await server.delivery.tick();
    expect(webhook.calls).toHaveLength(1);
  }
  now += HOUR_MS;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(2);
});

test('what was left over while a campaign was paused waits for the hour of the person', async () => {
  webhook.answers = [{ status: 500 }, { status: 200 }];
  await leaveCart('guest', { hour: hourIn('Asia/Shanghai', now) });
  const { id } = await create();
  await server.delivery.tick();
  await request('PATCH', `/api/recall/campaigns/${id}`, { paused: true });
  now += 3 * HOUR_MS;
  await request('PATCH', `/api/recall/campaigns/${id}`, { paused: false });
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  now += 21 * HOUR_MS;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(2);
});

test('another address is called at once, whatever the old one asked for', async () => {
  webhook.answers = [{ status: 429, headers: { 'retry-after': '86400' } }];
  for (const id of ['a', 'b', 'c']) await leaveCart(id);
  const { id } = await create();
  const moveTo = ({ url }) => request('PATCH', `/api/recall/campaigns/${id}`, { webhook: url });
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  const third = await openWebhook();
  // While one message is sent, the rest get another address again.
  const other = await openWebhook([() => moveTo(third).then(() => ({ status: 200 }))]);
  await moveTo(other);
  await server.delivery.tick();
  expect([webhook, other, third].map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
  await other.close();
  await third.close();
});

test('a call whose answer could not be written down is not made again', async () => {
  await leaveCart('guest');
  const campaign = await create();
  const { append } = server.journal;
  webhook.answers = [
    () => {
      server.journal.append = () => Promise.reject(new Error('ENOSPC: no space left on device'));
      return { status: 200 };
    },
  ];
  for (let i = 0; i < 3; i++) {
    await expect(server.delivery.tick()).rejects.toThrow('ENOSPC');
    now += 60_000;
  }
  server.journal.append = append;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  expect(await messages(campaign)).toMatchObject([{ state: 'sent', attempts: 1 }]);
});

test('a tick that begins while another one calls does not call, too', async () => {
  await leaveCart('guest');
  await create();
  let second;
  const slow = async () => {
    second = server.delivery.tick();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { status: 200 };
  };
  webhook.answers = [slow, { status: 200 }];
  await server.delivery.tick();
  await second;
  expect(people()).toEqual(['guest']);
});

test('a webhook that is not there is tried again; an answer that says no is not', async () => {
  await leaveCart('guest');
  const { url } = webhook;
  await webhook.close();
  const gone = await create({ webhook: url });
  await server.delivery.tick();
  expect(await messages(gone)).toMatchObject([{ state: 'retry', error: expect.stringMatching(/^not reached: ECONN/) }]);
  webhook = await openWebhook([{ status: 422, body: '43101 user refuse to accept the msg' }]);
  const refused = await create();
  await server.delivery.tick();
  expect(await messages(refused)).toMatchObject([
    { state: 'dead', attempts: 1, error: 'status 422: 43101 user refuse to accept the msg' },
  ]);
});

test('test traffic, who was erased and a paused campaign are not called for', async () => {
  await leaveCart('developer', { app_env: 'develop' });
  await leaveCart('erased');
  await leaveCart('waiting');
  webhook.answers = [{ status: 500 }];
  const campaign = await create();
  await server.delivery.tick();
  expect(people()).toEqual(['erased', 'waiting']);
  await fetch(`${server.url}/api/people/erased`, { method: 'DELETE' });
  await request('PATCH', `/api/recall/campaigns/${campaign.id}`, { paused: true });
  now += HOUR_MS;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(2);
  webhook.answers = [{ status: 200 }];
  await request('PATCH', `/api/recall/campaigns/${campaign.id}`, { paused: false });
  await server.delivery.tick();
  expect(people(webhook.calls.slice(2))).toEqual(['waiting']);
  expect((await messages(campaign)).map(({ person }) => person)).toEqual(['waiting']);
  const { folder } = server.journal;
  const left = journalFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(left.join('')).not.toContain('erased');
});

test('a paused campaign writes to nobody: not while it is paused from the first, nor from the call on in which it was paused', async () => {
  for (const id of ['a', 'b']) await leaveCart(id);
  const campaign = await create({ paused: true });
  await server.delivery.tick();
  expect(await messages(campaign)).toEqual([]);
  const pause = (paused) => request('PATCH', `/api/recall/campaigns/${campaign.id}`, { paused });
  webhook.answers = [() => pause(true).then(() => ({ status: 200 }))];
  await pause(false);
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
});

test('who is erased while the webhook is called leaves nothing behind', async () => {
  await leaveCart('guest');
  const campaign = await create();
  webhook.answers = [
    async () => {
      await fetch(`${server.url}/api/people/guest`, { method: 'DELETE' });
      return { status: 200 };
    },
  ];
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
  expect(await messages(campaign)).toEqual([]);
});

test('who is erased while somebody else is called is not called any more', async () => {
  for (const id of ['a', 'b']) await leaveCart(id);
  await create();
  webhook.answers = [
    async ({ body }) => {
      await fetch(`${server.url}/api/people/${body.person === 'a' ? 'b' : 'a'}`, { method: 'DELETE' });
      return { status: 200 };
    },
  ];
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(1);
});

test('a call that the end of the server breaks off is no try', async () => {
  await leaveCart('guest');
  await create();
  let ticked;
  await new Promise((asked) => {
    const silent = () => {
      asked();
      return new Promise(() => {});
    };
    webhook.answers = [silent, { status: 200 }];
    ticked = server.delivery.tick();
  });
  await restart();
  await ticked;
  await server.delivery.tick();
  expect(webhook.calls.map(({ body }) => body.attempt)).toEqual([1, 1]);
});

test('holds out a stable share, which a rebuild from the journal keeps with all that was sent', async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `visitor ${i}`);
  for (const id of ids) await leaveCart(id);
  const campaign = await create({ held_out: 0.5 });
  await server.delivery.tick();
  const before = await messages(campaign);
  const heldOut = before.filter(({ state }) => state === 'held_out').map(({ person }) => person);
  // Each side of the binomial with 40 and a half has less than one in a million beyond these.
  expect(heldOut.length).toBeGreaterThan(4);
  expect(heldOut.length).toBeLessThan(36);
  expect(people()).toEqual(ids.filter((id) => !heldOut.includes(id)).sort());
  now += HOUR_MS;
  await server.delivery.tick();
  expect(webhook.calls).toHaveLength(40 - heldOut.length);
  const rebuilt = await openStore({ url: ':memory:' });
  await loadJournal(rebuilt, server.journal.folder);
  const after = await readMessages(rebuilt, campaign.id);
  expect(after.map(({ person, state, told_at }) => ({ person, state, told_at }))).toEqual(
    before.map(({ person, state, told_at }) => ({ person, state, told_at })),
  );
  await rebuilt.close();
});

test('who is held out follows from the two ids: the same each time, more with a larger share, others in another campaign', () => {
  const heldOut = (campaign, share) =>
    Array.from({ length: 1000 }, (_, i) => `visitor ${i}`).filter((person) => isHeldOut(messageIdOf(campaign, person), share));
  const tenth = heldOut('a', 0.1);
  expect(tenth.length).toBeGreaterThan(50);
  expect(tenth.length).toBeLessThan(150);
  expect(heldOut('a', 0.1)).toEqual(tenth);
  expect(heldOut('a', 0.2)).toEqual(expect.arrayContaining(tenth));
  expect(heldOut('b', 0.1)).not.toEqual(tenth);
  expect(heldOut('a', 0)).toEqual([]);
});

test('what was sent is no visit and no launch, and uses up the ticket', async () => {
  await leaveCart('guest');
  const rowsOf = async (query) => (await request('GET', `/api/analyses/${query}`)).body.rows;
  await server.loading.settle();
  const reports = ['overview', 'audit', 'eventNames', 'overview?excluded=true', 'excludedTraffic'];
  const before = await Promise.all(reports.map(rowsOf));
  expect(await rowsOf('recall')).toHaveLength(1);
  await create();
  await server.delivery.tick();
  await server.loading.settle();
  expect(webhook.calls).toHaveLength(1);
  expect(await Promise.all(reports.map(rowsOf))).toEqual(before);
  expect(await rowsOf('recall')).toEqual([]);
});

test.each([
  [{ name: '' }, 'name'],
  [{ webhook: 'file:///etc/passwd' }, 'webhook'],
  [{ webhook: 'http://user:password@shop.example.com/' }, 'webhook'],
  [{ held_out: 1 }, 'held_out'],
  [{ held_out: '0.1' }, 'held_out'],
  [{ paused: 1 }, 'paused'],
  [{ params: { from: '2026-01-01' } }, 'from'],
  [{ params: { excluded: true } }, 'excluded'],
  [{ params: { leavingDays: 0 } }, 'leavingDays'],
  [{ params: { segment: 'none' } }, 'segment'],
])('a campaign with %j is refused', async (more, field) => {
  const { status, body } = await request('POST', '/api/recall/campaigns', { name: 'x', webhook: webhook.url, ...more });
  expect([status, body.field]).toEqual([400, field]);
  expect((await request('GET', '/api/recall/campaigns')).body).toEqual([]);
});

test('a campaign that was removed calls no more; one that is not there is not found', async () => {
  await leaveCart('guest');
  const { id } = await create();
  await request('DELETE', `/api/recall/campaigns/${id}`);
  await server.delivery.tick();
  expect(webhook.calls).toEqual([]);
  for (const [method, end] of [
    ['PATCH', ''],
    ['DELETE', ''],
    ['GET', '/messages'],
    ['POST', '/again'],
  ])
    expect((await request(method, `/api/recall/campaigns/${id}${end}`, method === 'PATCH' ? {} : undefined)).status).toBe(404);
});

test('holds those who were written to beside those who were held out: who returned, who bought', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `guest ${i}`);
  for (const name of names) await leaveCart(name);
  const campaign = await create({ held_out: 0.5 });
  await server.delivery.tick();
  const written = people();
  const held = names.filter((name) => !written.includes(name));
  expect(Math.min(written.length, held.length)).toBeGreaterThan(1);
  const send = (anonymous_id, events) =>
    server.post(
      makeBatch({
        sent_at: now,
        contexts: [makeContext({ anonymous_id })],
        events: events.map((event, seq) => makeEvent({ seq: 10 + seq, ts: now, ...event })),
      }),
    );
  now += DAY_MS;
  const order = (name) => ({ name: 'order_paid', properties: { order_id: `of ${name}`, total: 30, amount: 30 } });
  for (const name of written) await send(name, [{ type: 'auto', name: 'app_show' }]);
  await send(written[0], [order(written[0])]);
  await send(held[0], [{ type: 'auto', name: 'app_show' }]);
  now += 7 * DAY_MS;
  // Too late to count.
  await send(held[1], [order(held[1])]);
  const path = `/api/recall/campaigns/${campaign.id}/results`;
  const { body } = await request('GET', path);
  expect(body.groups).toMatchObject([
    { group: 'written', people: written.length, returned: written.length, buyers: 1, orders: 1, return_rate: 1, growing: 0 },
    { group: 'held_out', people: held.length, returned: 1, buyers: 0, orders: 0, return_rate: 1 / held.length },
  ]);
  expect(body.difference.return_rate.difference).toBeCloseTo(1 - 1 / held.length);
  expect((await request('GET', `${path}?days=9`)).body.groups).toMatchObject([{ growing: written.length }, { buyers: 1 }]);
  expect((await request('GET', `${path}?days=0`)).status).toBe(400);
  const nobody = await create({ name: 'Nobody', paused: true });
  expect((await request('GET', `/api/recall/campaigns/${nobody.id}/results`)).body.difference).toBe(null);
});
