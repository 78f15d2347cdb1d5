import { describe, expect, it, vi } from 'vitest';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { errors } from '../../src/plugins/errors';
import { type RedactOptions, redact } from '../../src/plugins/redact';
import type { TrackEvent } from '../../src/types/event';
import { startTracker } from '../helpers/fakeHostTracker';
import { createListeners, startWithApi } from '../helpers/startWithApi';

const enc = encodeURIComponent;
const launchWith = (query: Record<string, string>, options?: RedactOptions) => {
  const world = startTracker([appLifecycle(), redact(options)], { launchOptions: { query } });
  world.host.launch({ query });
  return world;
};
const queryOf = (query: Record<string, string>, options?: RedactOptions) => {
  const { sent } = launchWith(query, options);
  expect(sent('app_show').query).toEqual(sent('app_launch').query);
  return sent('app_launch').query;
};

describe('redact: query', () => {
  it.each([
    ['a parameter', { phone: '138', id: '7' }, { id: '7' }],
    ['a link that holds one, as a whole', { q: enc('https://e.com/?a=1&phone=138'), id: '7' }, { id: '7' }],
    ['a link that holds one, encoded twice', { q: enc(enc('https://e.com/?phone=138')), id: '7' }, { id: '7' }],
    ['a QR code that holds one', { scene: enc('phone=138'), id: '7' }, { id: '7' }],
    ['a JSON that holds one', { data: enc('{"a":1,"phone":"138"}'), id: '7' }, { id: '7' }],
    ['nothing else', { telephone: '1', phone2: '2', q: enc('https://e.com/?telephone=1') }, undefined],
    ['nothing of a damaged value', { a: '%E0%A4%A' }, undefined],
  ])('takes out %s', (_, query, kept) => {
    expect(queryOf(query as never, { query: ['phone', 'a.b', '['] })).toEqual(kept || query);
  });

  it('takes names as they are, whatever they mean in a pattern', () => {
    expect(queryOf({ 'a.b': '1', axb: '2', '[': '3' }, { query: ['a.b', '['] })).toEqual({ axb: '2' });
  });

  it('changes nothing without names, and nothing that the app tracks itself', () => {
    expect(queryOf({ phone: '138', '': '1' }, {})).toEqual({ phone: '138', '': '1' });
    vi.unstubAllGlobals();
    const { tracker, sent } = launchWith({ phone: '138' }, { query: ['phone'] });
    tracker.track('call', { query: { phone: '13812345678' } });
    expect(sent('call')).toEqual({ query: { phone: '13812345678' } });
  });

  it('leaves the query that the app sees alone', () => {
    const query = Object.freeze({ phone: '13812345678', tel: '13812345678' });
    launchWith(query, { query: ['phone'], keys: ['tel'] });
    expect(query.tel).toBe('13812345678');
  });

  it('leaves a query of a plugin that is no object', () => {
    const { sent } = startTracker([{ name: 'search', setup: ({ track }) => track('searched', { query: 'phone' }) }, redact()]);
    expect(sent('searched')).toEqual({ query: 'phone' });
  });

  it('masks each identity card and number of a value', () => {
    const text = '11010519491231002X,110105194912310038 13800138000/13900139000';
    expect(queryOf({ text })).toEqual({ text: '***,*** ***/***' });
  });
});

describe('redact: patterns', () => {
  it.each([
    ['a mobile number', '13812345678', '***'],
    ['one with the code of the country', '+8613812345678', '+***'],
    ['one with a blank between', '86 13812345678', '***'],
    ['one in groups', '138 1234 5678', '***'],
    ['one in groups with hyphens', '+86-138-1234-5678', '+***'],
    ['one in groups whose blanks are encoded as in a form', '0086+138+1234+5678', '***'],
    ['one in a link, encoded', enc('https://e.com/?to=13812345678&a=1'), 'https://e.com/?to=***&a=1'],
    ['one behind an escape', `a${enc(' ')}13812345678`, 'a ***'],
    ['several', '13812345678,13912345678', '***,***'],
    ['an identity card number', '11010519491231002X', '***'],
    ['an openid', 'oABCD1234_efgh-5678ijklmnopq', '***'],
    ['a user id of Alipay', '2088123412341234', '***'],
  ])('masks %s', (_, value, masked) => {
    expect(queryOf({ to: value })).toEqual({ to: masked });
  });

  it.each([
    ['a time in milliseconds', '1795289871932'],
    ['an order number', 'PL202611211234561234'],
    ['a long order number', '4200002026112112345678901234'],
    ['a number of eighteen digits that holds no birthday', '110105194999310021'],
    ['a landline or a service number', '4008123123'],
    ['a product', 'phone-x1'],
    ['a word of 28 letters in a longer one', 'photoABCD1234_efgh-5678ijklmnopqrstuv'],
    ['a uuid', '3f0a5bd0-8f1e-4f65-a0e3-2c7d2d3f8b11'],
    ['a text with escapes', enc('https://e.com/?a=1')],
  ])('leaves %s as it is', (_, value) => {
    expect(queryOf({ to: value })).toEqual({ to: value });
  });

  it('masks by patterns of your own in the place of these', () => {
    const query = { to: '13812345678', card: 'VIP-0042 and VIP-0043' };
    expect(queryOf(query, { patterns: [/VIP-\d+/] })).toEqual({ to: '13812345678', card: '*** and ***' });
    vi.unstubAllGlobals();
    expect(queryOf(query, { patterns: [/(VIP-)\d+/g] })).toEqual({ to: '13812345678', card: 'VIP-*** and VIP-***' });
    vi.unstubAllGlobals();
    expect(queryOf(query, { patterns: [] })).toEqual(query);
  });
});

describe('redact: keys', () => {
  const properties = {
    email: 'a@e.com',
    emails: 1,
    buyer: { Phone: '1', city: 'SZ', contacts: [{ phone_2: 2, name: 'Li' }, 'x', null] },
    at: null,
  };

  it('takes properties out of every event, at any depth', () => {
    const { tracker, sent } = startTracker([redact({ keys: ['email', /phone/i] })]);
    tracker.track('paid', properties);
    expect(sent('paid')).toEqual({ emails: 1, buyer: { city: 'SZ', contacts: [{ name: 'Li' }, 'x', null] }, at: null });
    tracker.identify('u1', { email: 'a@e.com', level: 'gold' });
    expect(sent('identify')).toEqual({ level: 'gold' });
    tracker.register({ email: 'a@e.com' });
    tracker.track('later');
    expect(sent('later')).toEqual({});
  });

  it('takes them out of queries, too', () => {
    expect(queryOf({ phone: '1', id: '7' }, { keys: ['phone'] })).toEqual({ id: '7' });
  });

  it('is not confused by a pattern that remembers where it was', () => {
    const { tracker, sent } = startTracker([redact({ keys: [/phone/g] })]);
    for (let i = 0; i < 3; i++) {
      tracker.track('paid', { phone: 1, a_phone: 2 });
      expect(sent('paid')).toEqual({});
    }
  });

  it.each([{}, { keys: ['phone'] }])('leaves the dates that another plugin gives, with %j', (options) => {
    const enrich = (event: TrackEvent) => ({ ...event, properties: { ...event.properties, paid_at: new Date(0) } });
    const { tracker, sent } = startTracker([{ name: 'dates', enrich }, redact(options)]);
    tracker.track('paid');
    expect(sent('paid')).toEqual({ paid_at: '1970-01-01T00:00:00.000Z' });
  });

  it('leaves all that another plugin gives as it is where no keys are named', () => {
    const enrich = (event: TrackEvent) => ({ ...event, properties: { tags: new Set(['vip']) as never } });
    const { tracker, last } = startTracker([{ name: 'tags', enrich }, redact()]);
    tracker.track('paid');
    expect(last('paid')).toEqual({ tags: new Set(['vip']) });
  });

  it('leaves the object of the app alone', () => {
    const { tracker } = startTracker([redact({ keys: ['email'] })]);
    const own = { email: 'a@e.com', buyer: { email: 'b@e.com' } };
    tracker.track('paid', own);
    expect(own).toEqual({ email: 'a@e.com', buyer: { email: 'b@e.com' } });
  });
});

describe('redact: app_error', () => {
  it('leaves an event of that name that the app tracks, and messages of other automatic events', () => {
    const { tracker, sent } = startTracker([redact()]);
    const own = { message: 'call 13800138000', stack: 'at 13800138000' };
    tracker.track('app_error', own);
    expect(sent('app_error')).toEqual(own);
  });

  it('gives other automatic events no message', () => {
    expect(launchWith({ id: '7' }).sent('app_launch')).not.toHaveProperty('message');
  });

  it('masks numbers and ids in message and stack', () => {
    const { api, tell } = createListeners(['Error']);
    const { sent } = startWithApi([errors(), redact()], api);
    tell('Error', { message: 'no user 13800138000', stack: 'Error: no user 13800138000' });
    tell('Error', 'no stack');
    expect(sent('app_error')).toMatchObject([{ message: 'no user ***', stack: 'Error: no user ***' }, { message: 'no stack' }]);
  });
});
