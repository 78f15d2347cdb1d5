import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWechatSender, createWechatWebhook } from '../../webhooks/wechat.js';
import { openWebhook } from '../helpers/openWebhook.js';

let wechat;
let now;
let tokens;
/** What `subscribeMessage.send` says, in turn; the last from then on. */
let says;

const json = (body) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** WeChat as its documents say: a token of 7200 seconds, and answers with an `errcode`, always with status 200. */
const answer = ({ url, body }) => {
  if (url === '/cgi-bin/stable_token') {
    if (body.secret !== 'secret') return json({ errcode: 40125, errmsg: 'invalid appsecret' });
    tokens++;
    return json({ access_token: `token${tokens}`, expires_in: 7200 });
  }
  const [path, given] = url.split('?access_token=');
  if (path !== '/cgi-bin/message/subscribe/send') return { status: 404 };
  if (given !== `token${tokens}`) return json({ errcode: 40001, errmsg: 'invalid credential' });
  return json(says.length > 1 ? says.shift() : says[0]);
};

beforeEach(async () => {
  now = Date.parse('2026-11-26T12:00:00Z');
  tokens = 0;
  says = [{ errcode: 0, errmsg: 'ok', msgid: 1 }];
  wechat = await openWebhook([answer]);
});
afterEach(() => wechat.close());

const create = (more = {}) =>
  createWechatSender({
    appId: 'wx1',
    secret: 'secret',
    openidOf: ({ user_ids }) => ({ 'a login': 'OPENID' })[user_ids[0]],
    contentOf: ({ product_id }) => ({ page: `pages/product?id=${product_id}`, data: { thing1: { value: 'Tea' } } }),
    api: wechat.url,
    now: () => now,
    ...more,
  });
const message = (id, user = 'a login') => ({ id, user_ids: [user], template_id: 'T1', product_id: 'tea' });
const sends = () => wechat.calls.filter(({ url }) => url.startsWith('/cgi-bin/message'));

test('sends what the document asks for, with one token for all, and each message once', async () => {
  const send = create();
  expect(await Promise.all([send(message('1')), send(message('2'))])).toEqual([{ status: 200 }, { status: 200 }]);
  expect(tokens).toBe(1);
  expect(wechat.calls[0].body).toEqual({ grant_type: 'client_credential', appid: 'wx1', secret: 'secret' });
  expect(sends()[0].body).toEqual({
    touser: 'OPENID',
    template_id: 'T1',
    page: 'pages/product?id=tea',
    data: { thing1: { value: 'Tea' } },
  });
  expect(await send(message('1'))).toEqual({ status: 200 });
  expect(sends()).toHaveLength(2);
});

test('fetches the next token five minutes before the end of the last', async () => {
  const send = create();
  await send(message('1'));
  now += 6_899_000;
  await send(message('2'));
  expect(tokens).toBe(1);
  now += 1000;
  await send(message('3'));
  expect(tokens).toBe(2);
});

test('takes a new token where the last is not valid any more, and once only', async () => {
  const send = create();
  await send(message('1'));
  tokens++; // Somebody else fetched one.
  expect(await send(message('2'))).toEqual({ status: 200 });
  says = [{ errcode: 42001, errmsg: 'access_token expired' }];
  const before = sends().length;
  expect(await send(message('3'))).toEqual({ status: 503, error: '42001 access_token expired', retryAfter: 60 });
  expect(sends()).toHaveLength(before + 2);
});

test.each([
  [43101, 422, undefined],
  [40003, 422, undefined],
  [40037, 422, undefined],
  [47003, 422, undefined],
  [-1, 503, 60],
  [45009, 429, 4 * 3600],
])('errcode %i becomes status %i', async (errcode, status, retryAfter) => {
  says = [{ errcode, errmsg: 'why' }];
  expect(await create()(message('1'))).toEqual({ status, error: `${errcode} why`, ...(retryAfter ? { retryAfter } : {}) });
});

test('asks for another try where there is no token or no answer, and goes on after it', async () => {
  expect(await create({ secret: 'wrong' })(message('1'))).toEqual({
    status: 503,
    error: 'no token: 40125 invalid appsecret',
    retryAfter: 60,
  });
  const send = create();
  wechat.answers = [{ status: 502, body: '<html>' }, answer];
  expect(await send(message('1'))).toMatchObject({ status: 503, retryAfter: 60 });
  expect(await send(message('1'))).toEqual({ status: 200 });
});

test('without an openid nothing is asked of WeChat', async () => {
  expect(await create()(message('1', 'a stranger'))).toEqual({ status: 422, error: 'no openid is known of the person' });
  expect(wechat.calls).toEqual([]);
});

test('as a server: the path is the secret, and the answer is what insight reads', async () => {
  const server = createWechatWebhook(create(), '/recall-secret');
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const post = (path, body) => fetch(url + path, { method: 'POST', body });
  expect((await post('/recall', JSON.stringify(message('1')))).status).toBe(404);
  expect((await post('/recall-secret', 'no json')).status).toBe(400);
  expect((await post('/recall-secret', JSON.stringify(message('1')))).status).toBe(200);
  says = [{ errcode: 45009, errmsg: 'reach max api daily quota limit' }];
  const full = await post('/recall-secret', JSON.stringify(message('2')));
  expect([full.status, full.headers.get('retry-after'), await full.text()]).toEqual([
    429,
    String(4 * 3600),
    '45009 reach max api daily quota limit',
  ]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
